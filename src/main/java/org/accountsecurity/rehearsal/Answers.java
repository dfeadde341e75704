package org.accountsecurity.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.accountsecurity.engine.form.Form;
import org.accountsecurity.engine.form.HideCondition;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.camunda.spin.Spin;
import org.camunda.spin.plugin.variable.SpinValues;
import org.camunda.spin.plugin.variable.value.JsonValue;

/** The ways to fill in a form: each option of each field at least once, the other fields as the form wants them. */
final class Answers {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What a text without a meaning of its own may look like. */
    private static final List<String> TEXTS = List.of("排练", "rehearsal", "123456", "2026-11-23");

    private static final int MOST = 24;

    private final List<Field> fields;
    private final MadeAccounts accounts;
    private final MadeAccounts.Holder holder;

    Answers(byte[] form, Map<String, Object> shown, MadeAccounts accounts, MadeAccounts.Holder holder) {
        this.accounts = accounts;
        this.holder = holder;
        this.fields = Form.of("", form).fields().stream()
                .map(field -> new Field(
                        field.path("key").asText(), new HideCondition(field), isRequired(field), options(field, shown)))
                .toList();
    }

    /**
     * A way to fill in the form.
     *
     * @param label the same for the same choices, whoever makes them
     * @param words what is chosen, in Chinese; empty where there is nothing to choose
     */
    record Answer(String label, String words, Map<String, Object> values) {}

    /** A value that a field can have, under a name that is the same in every walk. */
    private record Option(String key, String label, String words, Object value) {}

    private record Field(String key, HideCondition hide, boolean required, List<Option> options) {

        boolean hidden(Map<String, Object> values) {
            return Boolean.TRUE.equals(hide.evaluate(values));
        }
    }

    /** The one that the form suggests, which is the first of each field, comes first. */
    List<Answer> all() {
        Map<String, Answer> answers = new LinkedHashMap<>();
        List<Map<Field, Option>> choices = new ArrayList<>(List.of(Map.of()));
        Set<Option> chosenOnce = new HashSet<>();
        for (int next = 0; next < choices.size() && answers.size() < MOST; next++) {
            Map<Field, Option> chosen = completed(choices.get(next));
            chosenOnce.addAll(chosen.values());
            if (canBeGiven(chosen)) {
                Answer answer = answer(chosen);
                answers.putIfAbsent(answer.label(), answer);
            }
            chosen.keySet()
                    .forEach(field -> field.options().stream()
                            .filter(chosenOnce::add)
                            .forEach(option -> choices.add(with(chosen, field, option))));
        }
        return List.copyOf(answers.values());
    }

    /** A field that has to be filled in and offers nothing keeps its form from being submitted. */
    private boolean canBeGiven(Map<Field, Option> chosen) {
        Map<String, Object> values = allKeys(values(chosen));
        return fields.stream()
                .filter(field -> field.required() && !field.hidden(values))
                .allMatch(field -> values.get(field.key()) != null);
    }

    private Map<String, Object> allKeys(Map<String, Object> values) {
        fields.forEach(field -> values.putIfAbsent(field.key(), null));
        return values;
    }

    private static Map<Field, Option> with(Map<Field, Option> chosen, Field field, Option option) {
        Map<Field, Option> changed = new LinkedHashMap<>(chosen);
        changed.put(field, option);
        return changed;
    }

    private Map<Field, Option> completed(Map<Field, Option> chosen) {
        Map<Field, Option> complete = new LinkedHashMap<>();
        for (Field field : fields) {
            if (!field.options().isEmpty()) {
                complete.put(field, chosen.getOrDefault(field, field.options().get(0)));
            }
        }
        Map<String, Object> values = allKeys(values(complete));
        complete.keySet().removeIf(field -> field.hidden(values));
        return complete;
    }

    private static Map<String, Object> values(Map<Field, Option> chosen) {
        Map<String, Object> values = new TreeMap<>();
        chosen.forEach((field, option) -> values.put(field.key(), option.value()));
        return values;
    }

    private static Answer answer(Map<Field, Option> chosen) {
        List<String> labels = new ArrayList<>();
        List<String> words = new ArrayList<>();
        Map<String, Object> values = new LinkedHashMap<>();
        chosen.forEach((field, option) -> {
            if (option.value() != null) {
                labels.add(field.key() + "=" + option.label());
                values.put(field.key(), typed(option.value()));
                if (!option.words().isEmpty()) {
                    words.add(option.words());
                }
            }
        });
        return new Answer(String.join(",", labels), String.join("、", words), values);
    }

    private static Object typed(Object value) {
        return value instanceof List<?> list
                ? SpinValues.jsonValue(Spin.JSON(list).toString()).create()
                : value;
    }

    private static boolean isRequired(JsonNode component) {
        return component.path("validate").path("required").asBoolean();
    }

    private List<Option> options(JsonNode component, Map<String, Object> shown) {
        String key = component.path("key").asText();
        boolean required = isRequired(component);
        Option nothing = new Option(key, "", "", null);
        return switch (component.path("type").asText()) {
            case "radio", "select" -> {
                List<Option> options = listed(component, shown);
                yield required ? options : plus(options, nothing);
            }
            case "checkbox" -> {
                Option ticked = new Option(key, "true", "", true);
                yield required ? List.of(ticked) : List.of(ticked, nothing);
            }
            case "checklist", "taglist" -> {
                List<Object> all =
                        listed(component, shown).stream().map(Option::value).toList();
                Option ticked = new Option(key, "all", "", all.isEmpty() ? null : all);
                yield required ? List.of(ticked) : List.of(ticked, nothing);
            }
            case "number" -> List.of(number(key, component.path("validate")));
            case "textfield", "textarea" -> texts(key, component.path("validate"), required);
            default -> List.of();
        };
    }

    private static List<Option> plus(List<Option> options, Option another) {
        List<Option> more = new ArrayList<>(options);
        more.add(another);
        return more;
    }

    private static Option number(String key, JsonNode validate) {
        double value = validate.hasNonNull("min")
                ? validate.path("min").asDouble()
                : Math.min(1, validate.path("max").asDouble(1));
        return new Option(key, "number", "", value);
    }

    /** The words of the release: a code that was received and a wrong one, a number that is free and one's own. */
    private List<Option> texts(String key, JsonNode validate, boolean required) {
        if (key.equals("code")) {
            Optional<String> code = holder.code();
            String right = code.orElse("000000");
            Option wrong = new Option(key, "wrong", "填错误的验证码", wrong(right));
            return code.isEmpty() ? List.of(wrong) : List.of(new Option(key, "right", "填收到的验证码", right), wrong);
        }
        if (key.equals("newPhone")) {
            return List.of(
                    new Option(key, "fresh", "填没有人用的手机号", accounts.freshPhone()),
                    new Option(key, "own", "填自己现在的手机号", holder.phone()));
        }
        List<Option> options = TEXTS.stream()
                .map(text -> fitted(text, validate))
                .filter(text -> !validate.hasNonNull("pattern")
                        || Pattern.compile(validate.path("pattern").asText())
                                .matcher(text)
                                .find())
                .limit(1)
                .map(text -> new Option(key, "text", "", text))
                .toList();
        return required ? options : plus(options, new Option(key, "", "", null));
    }

    private static String fitted(String text, JsonNode validate) {
        int most = validate.path("maxLength").asInt(Integer.MAX_VALUE);
        int least = validate.path("minLength").asInt(0);
        String longEnough = text.repeat(Math.max(1, (least + text.length() - 1) / text.length()));
        return longEnough.length() > Math.max(most, least)
                ? longEnough.substring(0, Math.max(most, least))
                : longEnough;
    }

    private static String wrong(String code) {
        char last = code.charAt(code.length() - 1);
        return code.substring(0, code.length() - 1) + (last == '9' ? '0' : (char) (last + 1));
    }

    private static List<Option> listed(JsonNode component, Map<String, Object> shown) {
        JsonNode values = component.path("values");
        Object made = shown.get(component.path("valuesKey").asText(""));
        if (made instanceof JsonNode node) {
            values = node;
        }
        List<Option> options = new ArrayList<>();
        for (JsonNode value : values) {
            String text = value.path("value").asText();
            options.add(new Option(
                    component.path("key").asText(),
                    text,
                    "选“" + value.path("label").asText(text) + "”",
                    text));
        }
        return options;
    }

    /** What a form shows, as a browser gets it. */
    static Map<String, Object> plain(VariableMap variables) {
        Map<String, Object> plain = new LinkedHashMap<>();
        variables.keySet().forEach(name -> {
            TypedValue typed = variables.getValueTyped(name);
            plain.put(name, typed instanceof JsonValue json ? parsed(json.getValueSerialized()) : variables.get(name));
        });
        return plain;
    }

    private static JsonNode parsed(String json) {
        try {
            return JSON.readTree(json == null ? "[]" : json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
