package org.accountsecurity.gateway;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON that a gateway wants, with placeholders in its strings. They are filled after it is parsed, so that no text can
 * break out of its string, and once, so that a text that looks like a placeholder stays one.
 */
class BodyTemplate {

    static final String TO = "to";
    static final String TEXT = "text";
    static final String KEY = "key";
    static final String TEMPLATE = "template";
    /** Of the template: as an object where it is a whole string, as the JSON of one within a longer string. */
    static final String PARAMETERS = "parameters";

    static final Set<String> PLACEHOLDERS = Set.of(TO, TEXT, KEY, TEMPLATE, PARAMETERS);

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z]+)}");
    private static final JsonMapper JSON = new JsonMapper();

    private final JsonNode body;

    private BodyTemplate(JsonNode body) {
        this.body = body;
    }

    /** @throws IllegalArgumentException if it is no JSON object */
    static BodyTemplate of(String json) {
        try {
            if (JSON.readTree(json) instanceof ObjectNode object) {
                return new BodyTemplate(object);
            }
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not JSON", e);
        }
        throw new IllegalArgumentException("not an object");
    }

    Set<String> placeholders() {
        Set<String> found = new TreeSet<>();
        PLACEHOLDER.matcher(JSON.writeValueAsString(body)).results().forEach(match -> found.add(match.group(1)));
        return found;
    }

    /** In UTF-8. */
    byte[] fill(Message message, String template) {
        Map<String, String> values = Map.of(
                TO, message.to(),
                TEXT, message.text(),
                KEY, message.key(),
                TEMPLATE, template,
                PARAMETERS, JSON.writeValueAsString(message.parameters()));
        return JSON.writeValueAsString(filled(body, message, values)).getBytes(StandardCharsets.UTF_8);
    }

    private static JsonNode filled(JsonNode node, Message message, Map<String, String> values) {
        if (node instanceof ObjectNode object) {
            ObjectNode filled = JSON.createObjectNode();
            object.properties().forEach(entry -> filled.set(entry.getKey(), filled(entry.getValue(), message, values)));
            return filled;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode filled = JSON.createArrayNode();
            array.forEach(element -> filled.add(filled(element, message, values)));
            return filled;
        }
        if (!node.isString()) {
            return node;
        }
        if (node.stringValue().equals("{" + PARAMETERS + "}")) {
            return JSON.valueToTree(message.parameters());
        }
        return JSON.getNodeFactory()
                .stringNode(PLACEHOLDER
                        .matcher(node.stringValue())
                        .replaceAll(match -> Matcher.quoteReplacement(value(match, values))));
    }

    private static String value(MatchResult placeholder, Map<String, String> values) {
        return values.getOrDefault(placeholder.group(1), placeholder.group());
    }
}
