package org.accountsecurity.engine.guard;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.camunda.spin.Spin;
import org.camunda.spin.json.SpinJsonNode;

/**
 * A form, as far as a model relies on it.
 *
 * @param schema its version
 * @param fields the fields that send something, by key; each with its options, label by value, of which there may be none
 * @param json as it stands in the file
 * @param components whatever it consists of, at whatever depth
 */
record Form(
        String file,
        String id,
        int schema,
        String json,
        Map<String, Map<String, String>> fields,
        List<SpinJsonNode> components) {

    static Form of(String file, String json) {
        SpinJsonNode form = Spin.JSON(json);
        List<SpinJsonNode> components = new ArrayList<>();
        collect(form, components);
        Map<String, Map<String, String>> fields = new LinkedHashMap<>();
        components.stream().filter(Form::isFilledIn).forEach(field -> fields.put(text(field, "key"), options(field)));
        return new Form(
                file,
                form.prop("id").stringValue(),
                form.hasProp("schemaVersion")
                        ? form.prop("schemaVersion").numberValue().intValue()
                        : Integer.MAX_VALUE,
                json,
                fields,
                components);
    }

    /** Whether a key is that of a box to tick. */
    boolean isBox(String key) {
        return components.stream()
                .anyMatch(component -> text(component, "key").equals(key)
                        && text(component, "type").equals("checkbox"));
    }

    /** A field that can't be filled in sends nothing. */
    static boolean isFilledIn(SpinJsonNode component) {
        return component.hasProp("key") && !isTrue(component, "disabled") && !isTrue(component, "readonly");
    }

    static boolean isTrue(SpinJsonNode component, String property) {
        return component.hasProp(property)
                && component.prop(property).isBoolean()
                && component.prop(property).boolValue();
    }

    /** What a property says, empty if it says no text. */
    static String text(SpinJsonNode component, String property) {
        return component.hasProp(property) && component.prop(property).isString()
                ? component.prop(property).stringValue()
                : "";
    }

    /** The FEEL expression under which a component is hidden, with its equals sign; empty if it is always shown. */
    static String hide(SpinJsonNode component) {
        SpinJsonNode conditional = component.hasProp("conditional") ? component.prop("conditional") : component;
        if (!conditional.hasProp("hide")) {
            return "";
        }
        SpinJsonNode hide = conditional.prop("hide");
        return hide.isString() ? hide.stringValue() : hide.toString();
    }

    private static Map<String, String> options(SpinJsonNode field) {
        Map<String, String> options = new LinkedHashMap<>();
        if (field.hasProp("values")) {
            field.prop("values")
                    .elements()
                    .forEach(option -> options.put(text(option, "value"), text(option, "label")));
        }
        return options;
    }

    private static void collect(SpinJsonNode container, List<SpinJsonNode> components) {
        if (container.hasProp("components")) {
            container.prop("components").elements().forEach(component -> {
                components.add(component);
                collect(component, components);
            });
        }
    }
}
