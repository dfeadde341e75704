package org.accountsecurity.evidence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** A form as a browser got it, with the values it shows. */
final class Form {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern HIDDEN_UNLESS = Pattern.compile("=(\\w+) != \"([^\"]*)\"");

    private final JsonNode form;
    private final Map<String, Object> shown;

    Form(JsonNode form, Map<String, Object> shown) {
        this.form = form;
        this.shown = shown;
    }

    static Form shipped(String id) {
        try {
            return new Form(JSON.readTree(Files.readString(Path.of("forms", id + ".form"))), Map.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All components, those in groups too. */
    List<JsonNode> components() {
        List<JsonNode> found = new ArrayList<>();
        collect(form, found);
        return found;
    }

    private static void collect(JsonNode parent, List<JsonNode> found) {
        parent.path("components").forEach(component -> {
            found.add(component);
            collect(component, found);
        });
    }

    List<JsonNode> components(String type) {
        return components().stream()
                .filter(component -> component.path("type").asText().equals(type))
                .toList();
    }

    JsonNode field(String key) {
        return components().stream()
                .filter(component -> component.path("key").asText().equals(key))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no field " + key));
    }

    JsonNode text(String part) {
        return components("text").stream()
                .filter(component -> component.path("text").asText().contains(part))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no text " + part));
    }

    /** Whether a reader sees this component of a shipped form, word for word and whatever the answers are. */
    boolean shows(JsonNode shipped) {
        boolean covered = components("text").stream()
                .anyMatch(text -> text.path("text").asText().matches("(?s).*<\\w.*"));
        return !covered
                && StreamSupport.stream(form.path("components").spliterator(), false)
                        .anyMatch(component -> read(component).equals(read(shipped)));
    }

    /** Without what a reader doesn't see. */
    private static JsonNode read(JsonNode component) {
        ObjectNode read = component.deepCopy();
        read.remove(List.of("id", "layout", "properties"));
        if (read.has("text")) {
            read.put("text", read.path("text").asText().replaceAll("\\{\\{\\s*(\\w+)\\s*}}", "{{$1}}"));
        }
        return read;
    }

    boolean tells(String name) {
        String text = told(name);
        return text != null && !text.isBlank();
    }

    /** A value as its reader sees it, null where a field of the form puts another one in its place. */
    String told(String name) {
        boolean replaced = components().stream()
                .anyMatch(component -> component.path("key").asText().equals(name));
        return shown.get(name) instanceof String text && !replaced ? text.replace("\\", "") : null;
    }

    /** The options that a field offers, value by label. */
    Map<String, String> options(JsonNode field) {
        Map<String, String> options = new java.util.LinkedHashMap<>();
        if (field.hasNonNull("valuesKey") && shown.get(field.path("valuesKey").asText()) instanceof String listed) {
            try {
                JSON.readTree(listed)
                        .forEach(option -> options.put(
                                option.path("label").asText(),
                                option.path("value").asText()));
            } catch (JsonProcessingException e) {
                throw new AssertionError(e);
            }
        } else {
            field.path("values")
                    .forEach(option -> options.put(
                            option.path("label").asText(), option.path("value").asText()));
        }
        return options;
    }

    static boolean hidden(JsonNode component, Map<String, Object> answers) {
        String condition = component.path("conditional").path("hide").asText();
        Matcher unless = HIDDEN_UNLESS.matcher(condition);
        return condition.equals("=true") || unless.matches() && !unless.group(2).equals(answers.get(unless.group(1)));
    }
}
