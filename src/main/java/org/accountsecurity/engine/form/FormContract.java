package org.accountsecurity.engine.form;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import org.accountsecurity.engine.gate.RefusedException;
import org.accountsecurity.request.OfferedOptions;
import org.accountsecurity.request.StatementForm;
import org.accountsecurity.request.StatementForms;
import org.accountsecurity.text.Messages;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.engine.variable.value.TypedValue;

/**
 * What a {@code .form} lets a client submit: the keys it declares, in the types, options and lengths that it declares.
 * Every accepted value is transient: it lives for one step, in one transaction.
 */
final class FormContract {

    /** The contract where there is no form. */
    static final FormContract NOTHING = new FormContract(List.of(), Set.of(), Set.of(), List.of(), "");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int KEY_SHOWN = 40;
    /** What is FEEL in a form: a text that begins with an equals sign, and what stands between double braces. */
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
     * Reads the contract out of a form, as it is shown in the language of this thread.
     *
     * @param numbers the keys of the fields into which people type a number
     */
    static FormContract parse(byte[] content, Set<String> numbers) {
        byte[] shownContent = TranslatedForm.of(content);
        Form form = Form.of("", shownContent);
        List<FormField> fields = form.fields().stream()
                .map(field ->
                        new FormField(field, numbers.contains(field.path("key").asText())))
                .toList();
        Set<String> shown = new HashSet<>(form.root().findValuesAsText("valuesKey"));
        fields.forEach(field -> shown.add(field.key()));
        texts(form.root()).forEach(text -> addNames(text, shown));
        Set<String> texts = new HashSet<>();
        form.root().findValuesAsText("text").forEach(text -> addNames(text, texts));
        return new FormContract(
                fields, shown, texts, statements(Form.of("", content), form), StatementForm.hash(shownContent));
    }

    /** What the form asks to be said; nothing where other texts or fields of it could hide that or answer for it. */
    private static List<StatementForm> statements(Form form, Form shown) {
        boolean plain = shown.components().stream()
                .allMatch(component -> FormTexts.objection(component).isEmpty());
        return plain
                ? StatementForms.all().stream()
                        .filter(statement -> statement.isIn(form.outermost()) && statement.isAlone(form.components()))
                        .toList()
                : List.of();
    }

    /** The names of the variables that the form shows; the client has no use for any other. */
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

    /** The names of the values within its texts, which are Markdown. */
    Set<String> texts() {
        return texts;
    }

    /** The statements that it asks for, with all their named parts as shipped. */
    List<StatementForm> statements() {
        return statements;
    }

    /** Of its bytes as they are shown. */
    String hash() {
        return hash;
    }

    /** What the client gets for a value that was made: of options that the form lists itself those that are offered. */
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
        if (node.isTextual()) {
            texts.add(node.asText());
        }
        node.forEach(child -> texts.addAll(texts(child)));
        return texts;
    }

    /**
     * Checks a submission.
     *
     * @param shownValues what the form shows under a name, for options that are not in the form
     * @return the accepted values, transient
     * @throws RefusedException with a sentence that names the first field that is wrong
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

    /** A key comes from the client: cut and cleaned before it is repeated. */
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
                if (!element.isTextual()) {
                    return null;
                }
                strings.add(element.asText());
            }
            return strings;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    static List<String> options(String json) {
        try {
            List<String> options = new ArrayList<>();
            for (JsonNode option : JSON.readTree(json)) {
                options.add(option.path("value").asText());
            }
            return options;
        } catch (JsonProcessingException e) {
            return Collections.emptyList();
        }
    }
}
