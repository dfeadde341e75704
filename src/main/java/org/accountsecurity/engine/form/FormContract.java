package org.accountsecurity.engine.form;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.accountsecurity.engine.gate.RefusedException;
import org.accountsecurity.request.OfferedOptions;
import org.accountsecurity.request.StatementForm;
import org.accountsecurity.request.StatementForms;
import org.accountsecurity.text.Messages;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.engine.variable.value.TypedValue;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The values that a {@code .form} lets a client submit: the keys, types, options and lengths it declares. Accepted
 * values are transient: they exist for one step, in one transaction.
 */
final class FormContract {

    /** The contract where there is no form. */
    static final FormContract NOTHING = new FormContract(List.of(), Set.of(), Set.of(), List.of(), "");

    private static final JsonMapper JSON = new JsonMapper();
    private static final int KEY_SHOWN = 40;
    /** FEEL in a form: a text that begins with an equals sign, and expressions between double braces. */
    private static final Pattern FEEL = Pattern.compile("^=(.*)|\\{\\{(.*?)}}", Pattern.DOTALL);

    private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*");

    private final Map<String, FormField> fields = new LinkedHashMap<>();
    private final Set<String> shown;
    private final Set<String> texts;
    private final List<StatementForm> statements;
    private final String hash;

    private FormContract(
            List<FormField> fields, Set<String> shown, Set<String> texts, List<StatementForm> statements, String hash) {
        fields.forEach(field -> this.fields.put(field.key(), field));
        this.shown = shown;
        this.texts = texts;
        this.statements = statements;
        this.hash = hash;
    }

    /**
     * Parses the contract of a form, as it is shown in the language of the thread.
     *
     * @param numbers the keys of fields that people fill with a number
     */
    static FormContract parse(byte[] content, Set<String> numbers) {
        byte[] shownContent = TranslatedForm.of(content);
        Form form = Form.of("", shownContent);
        List<FormField> fields = form.fields().stream()
                .map(field ->
                        new FormField(field, numbers.contains(field.path("key").asString(""))))
                .toList();
        Set<String> shown = form.texts("valuesKey").collect(Collectors.toCollection(HashSet::new));
        fields.forEach(field -> shown.add(field.key()));
        texts(form.root()).forEach(text -> addNames(text, shown));
        Set<String> texts = new HashSet<>();
        form.texts("text").forEach(text -> addNames(text, texts));
        return new FormContract(
                fields, shown, texts, statements(Form.of("", content), form), StatementForm.hash(shownContent));
    }

    /** The statements of the form; none if another text or field could hide or answer them. */
    private static List<StatementForm> statements(Form form, Form shown) {
        boolean plain = shown.components().stream()
                .allMatch(component -> FormTexts.objection(component).isEmpty());
        return plain
                ? StatementForms.all().stream()
                        .filter(statement -> statement.isIn(form.outermost()) && statement.isAlone(form.components()))
                        .toList()
                : List.of();
    }

    /** The names of the variables that the form shows; clients get no others. */
    Set<String> shown() {
        return shown;
    }

    /** The questions that are counted, by the keys of their fields and in the order of their names. */
    Map<String, String> counted() {
        Map<String, String> counted = new LinkedHashMap<>();
        fields.values().stream()
                .filter(field -> field.counted().isPresent())
                .sorted(Comparator.comparing(field -> field.counted().orElseThrow()))
                .forEach(field -> counted.put(field.key(), field.counted().orElseThrow()));
        return counted;
    }

    /** The names of the values within its Markdown texts. */
    Set<String> texts() {
        return texts;
    }

    /** The statements whose named parts are all as shipped. */
    List<StatementForm> statements() {
        return statements;
    }

    /** SHA-256 of the file as it is shown. */
    String hash() {
        return hash;
    }

    /** A computed value for the client; for options listed in the form, those that are offered. */
    Object forClient(String name, Object made) {
        return made instanceof OfferedOptions offered
                ? fields.values().stream()
                        .filter(field -> field.valuesKey().equals(name))
                        .findFirst()
                        .map(field -> field.listed(offered))
                        .orElseGet(List::of)
                : made;
    }

    private static void addNames(String text, Set<String> names) {
        FEEL.matcher(text)
                .results()
                .map(feel -> feel.group(1) == null ? feel.group(2) : feel.group(1))
                .flatMap(feel -> NAME.matcher(feel).results())
                .forEach(name -> names.add(name.group()));
    }

    private static List<String> texts(JsonNode node) {
        List<String> texts = new ArrayList<>();
        if (node.isString()) {
            texts.add(node.asString(""));
        }
        node.forEach(child -> texts.addAll(texts(child)));
        return texts;
    }

    /**
     * Checks a submission.
     *
     * @param shownValues the value that the form shows for a variable, for options that the form does not list
     * @return the accepted values, transient
     * @throws RefusedException with a sentence about the first field that is wrong
     */
    VariableMap accept(VariableMap submitted, Function<String, Object> shownValues) {
        submitted.keySet().stream()
                .filter(key -> !fields.containsKey(key))
                .findFirst()
                .ifPresent(key -> {
                    throw refusal(key, Messages.text("form.unknown-field", "field", shown(key)));
                });
        Map<String, Object> values = new LinkedHashMap<>();
        fields.keySet().forEach(key -> values.put(key, null));
        fields.values().forEach(field -> values.put(field.key(), field.read(submitted.getValueTyped(field.key()))));
        VariableMap accepted = Variables.createVariables();
        for (FormField field : fields.values()) {
            Object value = values.get(field.key());
            if (field.hidden(values)) {
                if (value != null && !Boolean.FALSE.equals(value)) {
                    throw refusal(field.key(), Messages.text("form.hidden-field", "field", field.label()));
                }
                continue;
            }
            field.check(value, shownValues);
            TypedValue typed = field.typed(value);
            if (typed != null) {
                accepted.putValueTyped(field.key(), typed);
            }
        }
        return accepted;
    }

    static RefusedException refusal(String key, String message) {
        return new RefusedException(shown(key), message);
    }

    /** Shortens and cleans a key from the client before it is repeated. */
    private static String shown(String key) {
        String clean = key.replaceAll("[^A-Za-z0-9_.-]", "?");
        return clean.length() > KEY_SHOWN ? clean.substring(0, KEY_SHOWN) : clean;
    }

    static List<String> strings(String json) {
        try {
            JsonNode node = JSON.readTree(json);
            if (node == null || !node.isArray()) {
                return null;
            }
            List<String> strings = new ArrayList<>();
            for (JsonNode element : node) {
                if (!element.isString()) {
                    return null;
                }
                strings.add(element.asString(""));
            }
            return strings;
        } catch (JacksonException e) {
            return null;
        }
    }

    static List<String> options(String json) {
        try {
            List<String> options = new ArrayList<>();
            for (JsonNode option : JSON.readTree(json)) {
                options.add(option.path("value").asString(""));
            }
            return options;
        } catch (JacksonException e) {
            return Collections.emptyList();
        }
    }
}
