package org.accountsecurity.engine.form;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.accountsecurity.request.OfferedOptions;
import org.accountsecurity.text.Messages;
import org.accountsecurity.text.TypedText;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.camunda.spin.Spin;
import org.camunda.spin.json.SpinJsonNode;
import org.camunda.spin.plugin.variable.SpinValues;
import org.camunda.spin.plugin.variable.value.JsonValue;
import tools.jackson.databind.JsonNode;

/** One keyed component of a form. */
final class FormField {

    /** The limit in characters where the form sets none. */
    private static final int MAX_LENGTH = 200;
    /** The limit for a checklist before its options are known. */
    private static final int MAX_ELEMENTS = 10_000;

    private static final String VALUE = "value";

    private final String key;
    private final String label;
    private final String type;
    private final String valuesKey;
    private final JsonNode validate;
    private final JsonNode component;
    private final boolean number;
    private final Pattern pattern;
    private final HideCondition hide;

    /** @param number whether people fill it with a number */
    FormField(JsonNode component, boolean number) {
        this.component = component;
        this.number = number;
        this.key = component.path("key").asString("");
        this.label = component.path("label").asString(key);
        this.type = component.path("type").asString("");
        this.valuesKey = component.path("valuesKey").asString("");
        this.validate = component.path("validate");
        this.pattern = validate.hasNonNull("pattern")
                ? Pattern.compile(validate.path("pattern").asString(""))
                : null;
        this.hide = new HideCondition(component);
    }

    String key() {
        return key;
    }

    String label() {
        return label;
    }

    /** The name under which the answer is counted; empty if it is not. */
    Optional<String> counted() {
        return CountedQuestion.in(component);
    }

    /** Whether the form hides the field, given these values. */
    boolean hidden(Map<String, Object> values) {
        return Boolean.TRUE.equals(hide.evaluate(values));
    }

    /** The plain value of a submission: String, Boolean, Number, or a list of Strings; null if there is none. */
    Object read(TypedValue submitted) {
        boolean list = type.equals("checklist") || type.equals("taglist");
        if (submitted instanceof JsonValue json) {
            // the raw text only: to deserialize a value of the client is not safe
            return list ? list(json) : wrong("form.malformed");
        }
        if (submitted == null || submitted.getValue() == null) {
            return null;
        }
        Object value = switch (type) {
            case "textfield", "textarea", "radio", "select" ->
                submitted.getValue() instanceof String text ? read(text) : wrong("form.malformed");
            case "checkbox" -> submitted.getValue() instanceof Boolean ? submitted.getValue() : wrong("form.malformed");
            case "number" -> submitted.getValue() instanceof Number ? submitted.getValue() : wrong("form.not-a-number");
            default -> wrong(list ? "form.malformed" : "form.not-accepted");
        };
        return "".equals(value) ? null : value;
    }

    private String read(String text) {
        String plain = number ? TypedText.number(text) : TypedText.plain(text);
        return number || plain.isEmpty() ? plain : text.strip();
    }

    /** Checks a value against what the form declares; the field is shown. */
    void check(Object value, Function<String, Object> shownValues) {
        if (value == null || ("checkbox".equals(type) && Boolean.FALSE.equals(value))) {
            if (validate.path("required").asBoolean(false)) {
                wrong("checkbox".equals(type) ? "form.not-ticked" : "form.required");
            }
            return;
        }
        if (value instanceof String text) {
            checkText(text, shownValues);
        } else if (value instanceof List<?> list) {
            if (!new HashSet<>(options(shownValues)).containsAll(list)) {
                wrong("form.no-such-option");
            }
        } else if (value instanceof Number number) {
            checkNumber(number.doubleValue());
        }
    }

    /** The value as a transient variable, null where there is none. */
    TypedValue typed(Object value) {
        if (value == null) {
            return null;
        }
        if (value instanceof String text) {
            return Variables.stringValue(text, true);
        }
        if (value instanceof List<?> list) {
            return SpinValues.jsonValue(Spin.JSON(new ArrayList<>(list)), true).create();
        }
        return Variables.untypedValue(value, true);
    }

    private void checkText(String text, Function<String, Object> shownValues) {
        if ("radio".equals(type) || "select".equals(type)) {
            if (!options(shownValues).contains(text)) {
                wrong("form.no-such-option");
            }
            return;
        }
        if (text.length() > validate.path("maxLength").asInt(MAX_LENGTH)) {
            wrong("form.too-long");
        }
        if (text.length() < validate.path("minLength").asInt(0)) {
            wrong("form.too-short");
        }
        if (pattern != null && !pattern.matcher(text).find()) {
            wrong("form.malformed");
        }
    }

    private void checkNumber(double number) {
        if ((validate.hasNonNull("min") && number < validate.path("min").asDouble(0))
                || (validate.hasNonNull("max") && number > validate.path("max").asDouble(0))) {
            wrong("form.out-of-range");
        }
    }

    /** The options that the form lists, all or those that are offered, or those that the process shows in the variable it names. */
    private List<String> options(Function<String, Object> shownValues) {
        Object shown = valuesKey.isEmpty() ? (OfferedOptions) value -> true : shownValues.apply(valuesKey);
        if (shown instanceof OfferedOptions offered) {
            return listed(offered).stream().map(option -> option.get(VALUE)).toList();
        }
        return shown instanceof SpinJsonNode json ? FormContract.options(json.toString()) : List.of();
    }

    /** The variable that says which options there are, empty without one. */
    String valuesKey() {
        return valuesKey;
    }

    /** Of the options that the form lists those that are offered, as form-js reads them. */
    List<Map<String, String>> listed(OfferedOptions offered) {
        List<Map<String, String>> options = new ArrayList<>();
        for (JsonNode option : component.path("values")) {
            String value = option.path(VALUE).asString("");
            if (offered.offers(value)) {
                options.add(Map.of("label", option.path("label").asString(value), VALUE, value));
            }
        }
        return options;
    }

    private Object list(JsonValue json) {
        String text = json.getValueSerialized();
        if (text == null && json.isDeserialized() && json.getValue() != null) {
            text = json.getValue().toString();
        }
        if (text == null) {
            return null;
        }
        List<String> strings = text.length() > MAX_ELEMENTS * MAX_LENGTH ? null : FormContract.strings(text);
        if (strings == null) {
            return wrong("form.malformed");
        }
        if (strings.size() > MAX_ELEMENTS) {
            return wrong("form.too-many");
        }
        return strings.isEmpty() ? null : new ArrayList<>(new LinkedHashSet<>(strings));
    }

    private Object wrong(String messageKey) {
        throw FormContract.refusal(key, Messages.text(messageKey, "field", label));
    }
}
