package org.accountsecurity.request;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The named parts of forms with legal effect. They come with the release; process owners edit the rest of a form. */
public final class StatementForms {

    private static final Map<String, JsonNode> PARTS = new LinkedHashMap<>();
    private static final List<StatementForm> ALL = new ArrayList<>();

    static {
        try (InputStream file = StatementForms.class.getResourceAsStream("statements.json")) {
            JsonNode root = new JsonMapper().readTree(file);
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
        statement.path("parts").forEach(name -> parts.put(name.asString(""), PARTS.get(name.asString(""))));
        Map<String, String> answers = new LinkedHashMap<>();
        statement
                .path("answers")
                .properties()
                .forEach(
                        answer -> answers.put(answer.getKey(), answer.getValue().asString("")));
        return new StatementForm(
                statement.path("process").asString(""),
                Statement.valueOf(statement.path("statement").asString("")),
                statement.path("delegate").asString(""),
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
