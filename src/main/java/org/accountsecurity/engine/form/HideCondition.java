package org.accountsecurity.engine.form;

import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.camunda.feel.api.EvaluationResult;
import org.camunda.feel.api.FeelEngineApi;
import org.camunda.feel.api.FeelEngineBuilder;
import org.camunda.feel.api.ParseResult;
import tools.jackson.databind.JsonNode;

/** The condition under which a form hides a component. */
public final class HideCondition {

    private static final FeelEngineApi FEEL = FeelEngineBuilder.forJava().build();

    private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*");
    private static final Pattern TEXT = Pattern.compile("\"[^\"]*\"");
    private static final Set<String> WORDS = Set.of(
            "null", "true", "false", "and", "or", "not", "if", "then", "else", "in", "list", "contains", "count");

    private final String text;
    /** Null if it is always shown. */
    private final ParseResult parsed;

    public HideCondition(JsonNode component) {
        this.text = component.path("conditional").path("hide").asString("");
        this.parsed = text.isEmpty() ? null : FEEL.parseExpression(text.replaceFirst("^=", ""));
    }

    /** The source text; empty without a condition. */
    public String text() {
        return text;
    }

    /** The names in it that are no FEEL keywords. */
    public Set<String> names() {
        return NAME.matcher(TEXT.matcher(text).replaceAll(""))
                .results()
                .map(MatchResult::group)
                .filter(name -> !WORDS.contains(name))
                .collect(Collectors.toSet());
    }

    /**
     * Evaluates the condition for the values of a form.
     *
     * @throws IllegalStateException if it can't be evaluated
     */
    public Object evaluate(Map<String, Object> values) {
        if (parsed == null) {
            return false;
        }
        EvaluationResult answer = parsed.isSuccess() ? FEEL.evaluate(parsed.parsedExpression(), values) : null;
        if (answer == null || answer.isFailure()) {
            throw new IllegalStateException("the condition " + text + " can't be evaluated");
        }
        return answer.result();
    }
}
