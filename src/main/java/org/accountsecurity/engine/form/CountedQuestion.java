package org.accountsecurity.engine.form;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** A question with few, listed answers that are counted, marked by the custom property {@code counted}. */
public final class CountedQuestion {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z-]{0,39}");
    private static final Pattern ANSWER = Pattern.compile("[A-Z][A-Z_]{0,39}");
    private static final int MOST_ANSWERS = 20;

    private CountedQuestion() {}

    /** Whether a component has the mark. */
    public static boolean isMarked(JsonNode component) {
        return component.path("properties").has("counted");
    }

    /** The name under which its answers are counted; empty if it can't be counted. */
    public static Optional<String> in(JsonNode component) {
        List<String> answers = Form.texts(component.path("values"), "value").toList();
        boolean counted = List.of("radio", "select")
                        .contains(component.path("type").asString(""))
                && !component.has("valuesKey")
                && answers.size() >= 2
                && answers.size() <= MOST_ANSWERS
                && answers.stream().allMatch(answer -> ANSWER.matcher(answer).matches());
        return Optional.of(component.path("properties").path("counted").asString(""))
                .filter(name -> counted && NAME.matcher(name).matches());
    }
}
