package org.accountsecurity.engine.form;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.accountsecurity.request.StatementForms;
import org.accountsecurity.text.Messages;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A form in the language of its reader. Only texts differ; those of the named parts are the release's, in whatever form they
 * stand.
 */
public final class TranslatedForm {

    private static final List<String> TEXTS = List.of("text", "label", "description", "dateLabel", "timeLabel");
    private static final List<String> ADORNERS = List.of("prefixAdorner", "suffixAdorner");
    /** Of a list of options or columns, what names one of them. */
    private static final Map<String, String> LISTS = Map.of("values", "value", "columns", "key");

    private TranslatedForm() {}

    /** The form as it is served to this thread. */
    public static byte[] of(byte[] content) {
        if (Messages.language().equals(Locale.SIMPLIFIED_CHINESE)) {
            return content;
        }
        Form form = Form.of("", content);
        form.components().forEach(component -> translate(component, keyOf(form, component)));
        return form.root().toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The texts of a form by their keys in the messages. */
    public static Map<String, String> texts(Form form) {
        Map<String, String> texts = new TreeMap<>();
        form.components().forEach(component -> {
            String key = keyOf(form, component);
            TEXTS.forEach(name -> put(texts, key + "." + name, component.path(name)));
            ADORNERS.forEach(name ->
                    put(texts, key + "." + name, component.path("appearance").path(name)));
            LISTS.forEach((list, name) -> component
                    .path(list)
                    .forEach(entry -> put(texts, key + "." + entry.path(name).asString(""), entry.path("label"))));
        });
        return texts;
    }

    private static void put(Map<String, String> texts, String key, JsonNode text) {
        if (text.isString()) {
            texts.put(key, text.asString(""));
        }
    }

    private static void translate(JsonNode component, String key) {
        TEXTS.forEach(name -> replace(component, name, key + "." + name));
        ADORNERS.forEach(name -> replace(component.path("appearance"), name, key + "." + name));
        LISTS.forEach((list, name) -> component
                .path(list)
                .forEach(entry ->
                        replace(entry, "label", key + "." + entry.path(name).asString(""))));
    }

    private static void replace(JsonNode node, String name, String key) {
        if (node instanceof ObjectNode object && object.path(name).isString()) {
            object.put(name, Messages.translated(key, object.path(name).asString("")));
        }
    }

    private static String keyOf(Form form, JsonNode component) {
        Optional<String> part = StatementForms.partLike(component);
        return part.map(name -> "part." + name)
                .orElseGet(() -> "form." + form.id() + "."
                        + component.path("key").asString(component.path("id").asString("")));
    }
}
