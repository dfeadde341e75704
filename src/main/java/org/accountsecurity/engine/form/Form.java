package org.accountsecurity.engine.form;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A parsed form, for those who fill it in and for the guard. */
public record Form(String file, JsonNode root) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** @throws IllegalArgumentException if it is no JSON */
    public static Form of(String file, byte[] content) {
        try {
            return new Form(file, JSON.readTree(new String(content, StandardCharsets.UTF_8)));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    public String id() {
        return root.path("id").asText();
    }

    /** Whether it has an id and components. */
    public boolean isComplete() {
        return root.path("id").isTextual() && root.path("components").isArray();
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
                        && !component.path("disabled").booleanValue()
                        && !component.path("readonly").booleanValue())
                .toList();
    }

    /** The keys of the fields. */
    public Set<String> keys() {
        Set<String> keys = new LinkedHashSet<>();
        fields().forEach(field -> keys.add(field.path("key").asText()));
        return keys;
    }
}
