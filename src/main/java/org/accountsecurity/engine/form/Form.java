package org.accountsecurity.engine.form;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A parsed form, for those who fill it in and for the guard. */
public record Form(String file, JsonNode root) {

    private static final JsonMapper JSON = new JsonMapper();

    /** @throws IllegalArgumentException if it is no JSON */
    public static Form of(String file, byte[] content) {
        try {
            return new Form(file, JSON.readTree(new String(content, StandardCharsets.UTF_8)));
        } catch (JacksonException e) {
            throw new IllegalArgumentException(e);
        }
    }

    public String id() {
        return root.path("id").asString("");
    }

    /** Whether it has an id and components. */
    public boolean isComplete() {
        return root.path("id").isString() && root.path("components").isArray();
    }

    /** The components outside of any group. */
    public List<JsonNode> outermost() {
        List<JsonNode> components = new ArrayList<>();
        root.path("components").forEach(components::add);
        return components;
    }

    /** All components at any depth. */
    public List<JsonNode> components() {
        List<JsonNode> components = new ArrayList<>();
        collect(root, components);
        return components;
    }

    /** The texts that stand under a name, at whatever depth. */
    Stream<String> texts(String name) {
        return texts(root, name);
    }

    static Stream<String> texts(JsonNode node, String name) {
        return node.findValues(name).stream().map(value -> value.asString(""));
    }

    private static void collect(JsonNode container, List<JsonNode> components) {
        container.path("components").forEach(component -> {
            components.add(component);
            collect(component, components);
        });
    }

    /** The components that submit a value. */
    public List<JsonNode> fields() {
        return components().stream()
                .filter(component -> component.hasNonNull("key")
                        && !component.path("disabled").booleanValue(false)
                        && !component.path("readonly").booleanValue(false))
                .toList();
    }

    /** The keys of the fields. */
    public Set<String> keys() {
        Set<String> keys = new LinkedHashSet<>();
        fields().forEach(field -> keys.add(field.path("key").asString("")));
        return keys;
    }
}
