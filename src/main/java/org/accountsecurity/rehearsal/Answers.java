package org.accountsecurity.rehearsal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.accountsecurity.engine.form.Form;
import org.accountsecurity.engine.form.HideCondition;
import org.accountsecurity.text.Messages;
import org.accountsecurity.text.Sentence;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.camunda.spin.Spin;
import org.camunda.spin.plugin.variable.SpinValues;
import org.camunda.spin.plugin.variable.value.JsonValue;
import tools.jackson.databind.JsonNode;

/** The ways to fill in a form: each option of each field at least once, with valid values for other fields. */
final class Answers {

    /** Texts to try for a field without a meaning of its own. */
    private static final List<String> TEXTS = Stream.of(
                    Messages.text("rehearsal.typed-text"),
                    "rehearsal",
                    "123456",
                    "2026-11-23",
                    "x",
                    "rehearsal ".repeat(10))
            .toList();

    private static final int MOST = 24;

    private final List<Field> fields;
    private final VariableMap shown;
    private final RehearsalAccounts accounts;
    private final RehearsalAccounts.Holder holder;

    /** @param shown the values that the form shows */
    Answers(byte[] form, VariableMap shown, RehearsalAccounts accounts, RehearsalAccounts.Holder holder) {
        this.accounts = accounts;
        this.shown = shown;
        this.holder = holder;
        this.fields = Form.of("", form).fields().stream().map(this::field).toList();
    }

    /**
     * One way to fill in the form.
     *
     * @param label identifies the choices in every walk
     * @param words the choices as text; empty if there are none
     */
    record Answer(String label, List<Sentence> words, Map<String, Object> values) {}

    /** A value for a field, with a label that is the same in every walk; null is no value, or nothing to say. */
    private record Option(String key, String label, Sentence words, Object value) {}

    private record Field(String key, HideCondition hide, boolean required, List<Option> options) {}

    /** All answers; the first one takes the first option of each field. */
    List<Answer> all() {
        Map<String, Answer> answers = new LinkedHashMap<>();
        List<Map<Field, Option>> choices = new ArrayList<>(List.of(Map.of()));
        Set<Option> chosenOnce = new HashSet<>();
        for (int next = 0; next < choices.size() && answers.size() < MOST; next++) {
            Map<Field, Option> chosen = completed(choices.get(next));
            chosenOnce.addAll(chosen.values());
            // a required field without options prevents a submission
            if (chosen.entrySet().stream()
                    .noneMatch(entry ->
                            entry.getKey().required() && entry.getValue().value() == null)) {
                Answer answer = answer(chosen.values());
                answers.putIfAbsent(answer.label(), answer);
            }
            chosen.keySet()
                    .forEach(field -> field.options().stream()
                            .filter(chosenOnce::add)
                            .forEach(option -> {
                                Map<Field, Option> other = new LinkedHashMap<>(chosen);
                                other.put(field, option);
                                choices.add(other);
                            }));
        }
        return List.copyOf(answers.values());
    }

    /** Adds the first option of each other field and removes hidden fields. */
    private Map<Field, Option> completed(Map<Field, Option> chosen) {
        Map<Field, Option> complete = new LinkedHashMap<>();
        fields.forEach(field ->
                complete.put(field, chosen.getOrDefault(field, field.options().get(0))));
        Map<String, Object> values = new TreeMap<>();
        complete.forEach((field, option) -> values.put(field.key(), option.value()));
        complete.keySet().removeIf(field -> Boolean.TRUE.equals(field.hide().evaluate(values)));
        return complete;
    }

    private static Answer answer(Collection<Option> chosen) {
        List<Option> given =
                chosen.stream().filter(option -> option.value() != null).toList();
        Map<String, Object> values = new LinkedHashMap<>();
        given.forEach(option -> values.put(
                option.key(),
                option.value() instanceof List<?> list
                        ? SpinValues.jsonValue(Spin.JSON(list).toString()).create()
                        : option.value()));
        return new Answer(
                given.stream()
                        .map(option -> option.key() + "=" + option.label())
                        .collect(Collectors.joining(",")),
                given.stream().map(Option::words).filter(Objects::nonNull).toList(),
                values);
    }

    private Field field(JsonNode component) {
        String key = component.path("key").asString("");
        boolean required = component.path("validate").path("required").asBoolean(false);
        List<Option> options = new ArrayList<>(options(component, key));
        if (options.isEmpty() || !required) {
            options.add(new Option(key, "", null, null));
        }
        return new Field(key, new HideCondition(component), required, options);
    }

    private List<Option> options(JsonNode component, String key) {
        JsonNode validate = component.path("validate");
        return switch (component.path("type").asString("")) {
            case "radio", "select" -> listed(component, key);
            case "checkbox" -> List.of(new Option(key, "true", null, true));
            case "checklist", "taglist" -> {
                List<Object> all =
                        listed(component, key).stream().map(Option::value).toList();
                yield all.isEmpty() ? List.of() : List.of(new Option(key, "all", null, all));
            }
            case "number" ->
                List.of(new Option(
                        key,
                        "number",
                        null,
                        validate.hasNonNull("min")
                                ? validate.path("min").asDouble(0)
                                : Math.min(1, validate.path("max").asDouble(1))));
            case "textfield", "textarea" -> texts(key, validate);
            default -> List.of();
        };
    }

    /** Fields that the release knows: a right and a wrong code, a free and the own phone number. */
    private List<Option> texts(String key, JsonNode validate) {
        if (key.equals("code")) {
            Stream<Option> right =
                    holder
                            .code()
                            .map(code -> new Option(key, "right", Sentence.of("rehearsal.right-code"), code))
                            .stream();
            String other = holder.code().filter("000000"::equals).isPresent() ? "111111" : "000000";
            return Stream.concat(right, Stream.of(new Option(key, "wrong", Sentence.of("rehearsal.wrong-code"), other)))
                    .toList();
        }
        if (key.equals("newPhone")) {
            return List.of(
                    new Option(key, "fresh", Sentence.of("rehearsal.fresh-phone"), accounts.freshPhone()),
                    new Option(key, "own", Sentence.of("rehearsal.own-phone"), holder.phone()));
        }
        Pattern pattern = Pattern.compile(validate.path("pattern").asString(""));
        return TEXTS.stream()
                .filter(text -> text.length() >= validate.path("minLength").asInt(0)
                        && text.length() <= validate.path("maxLength").asInt(Integer.MAX_VALUE)
                        && pattern.matcher(text).find())
                .limit(1)
                .map(text -> new Option(key, "text", null, text))
                .toList();
    }

    private List<Option> listed(JsonNode component, String key) {
        TypedValue made = shown.getValueTyped(component.path("valuesKey").asString(""));
        JsonNode values = made instanceof JsonValue json && json.getValueSerialized() != null
                ? Form.of("", json.getValueSerialized().getBytes(StandardCharsets.UTF_8))
                        .root()
                : component.path("values");
        List<Option> options = new ArrayList<>();
        for (JsonNode value : values) {
            String text = value.path("value").asString("");
            options.add(new Option(
                    key,
                    text,
                    Sentence.of(
                            "rehearsal.chooses", "option", value.path("label").asString(text)),
                    text));
        }
        return options;
    }
}
