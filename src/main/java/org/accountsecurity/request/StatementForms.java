package org.accountsecurity.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The named parts of forms that carry legal weight: they are the release's, everything around them is the owner's. */
public final class StatementForms {

    private static final Map<String, JsonNode> PARTS = new LinkedHashMap<>();
    private static final List<StatementForm> ALL = new ArrayList<>();

    static {
        try (InputStream file = StatementForms.class.getResourceAsStream("statements.json")) {
            JsonNode root = new ObjectMapper().readTree(file);
            root.path("parts")
                    .properties()
                    .forEach(part -> PARTS.put(part.getKey(), StatementForm.plain(part.getValue())));
            root.path("statements").forEach(statement -> ALL.add(read(statement)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private StatementForms() {}

    private static StatementForm read(JsonNode statement) {
        Map<String, JsonNode> parts = new LinkedHashMap<>();
        statement.path("parts").forEach(name -> parts.put(name.asText(), PARTS.get(name.asText())));
        Map<String, String> answers = new LinkedHashMap<>();
        statement
                .path("answers")
                .properties()
                .forEach(
                        answer -> answers.put(answer.getKey(), answer.getValue().asText()));
        return new StatementForm(
                statement.path("process").asText(),
                Statement.valueOf(statement.path("statement").asText()),
                statement.path("delegate").asText(),
                parts,
                answers);
    }

    public static List<StatementForm> all() {
        return ALL;
    }

    /** How a process asks for a statement. */
    public static StatementForm of(String process, Statement statement) {
        return ALL.stream()
                .filter(form -> form.process().equals(process) && form.statement() == statement)
                .findFirst()
                .orElseThrow();
    }

    /** The name of the part that a component is, exactly as shipped; empty if it is none. */
    public static Optional<String> partLike(JsonNode component) {
        JsonNode plain = StatementForm.plain(component);
        return PARTS.entrySet().stream()
                .filter(part -> part.getValue().equals(plain))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Whether a component is the part of that name, exactly as shipped; empty if there is no such part. */
    public static Optional<Boolean> isPart(String name, JsonNode component) {
        return Optional.ofNullable(PARTS.get(name)).map(StatementForm.plain(component)::equals);
    }
}
