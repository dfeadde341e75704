package org.accountsecurity.engine.guard;

import java.util.LinkedHashMap;
import java.util.Map;
import org.camunda.spin.Spin;
import org.camunda.spin.json.SpinJsonNode;

/**
 * A form, as far as a model relies on it.
 *
 * @param schema its version
 * @param fields the fields that send something, by key; each with its options, label by value, of which there may be none
 */
record Form(String file, String id, int schema, Map<String, Map<String, String>> fields) {

    static Form of(String file, String json) {
        SpinJsonNode form = Spin.JSON(json);
        Map<String, Map<String, String>> fields = new LinkedHashMap<>();
        collect(form, fields);
        return new Form(
                file,
                form.prop("id").stringValue(),
                form.hasProp("schemaVersion")
                        ? form.prop("schemaVersion").numberValue().intValue()
                        : Integer.MAX_VALUE,
                fields);
    }

    /** A field that can't be filled in sends nothing. */
    private static boolean isSet(SpinJsonNode component, String property) {
        return component.hasProp(property)
                && !(component.prop(property).isBoolean()
                        && !component.prop(property).boolValue());
    }

    private static void collect(SpinJsonNode container, Map<String, Map<String, String>> fields) {
        if (!container.hasProp("components")) {
            return;
        }
        for (SpinJsonNode component : container.prop("components").elements()) {
            if (component.hasProp("key") && !isSet(component, "disabled") && !isSet(component, "readonly")) {
                Map<String, String> options = new LinkedHashMap<>();
                if (component.hasProp("values")) {
                    component
                            .prop("values")
                            .elements()
                            .forEach(option -> options.put(
                                    option.prop("value").stringValue(),
                                    option.prop("label").stringValue()));
                }
                fields.put(component.prop("key").stringValue(), options);
            }
            collect(component, fields);
        }
    }
}
