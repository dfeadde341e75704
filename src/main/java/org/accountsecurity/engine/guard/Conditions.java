package org.accountsecurity.engine.guard;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;

/** The conditions that a flow may have: a variable or a fact, its negation, or its comparison with a constant. */
final class Conditions {

    private static final String NAME = "\\w+(?:\\.\\w+)?";
    private static final String CONSTANT = "'[\\w-]*'|-?\\d+|true|false";
    private static final Pattern CONDITION = Pattern.compile(
            "\\$\\{\\s*(?:!?(" + NAME + ")|(" + NAME + ")\\s*(==|!=|<=|>=|<|>)\\s*(" + CONSTANT + "))\\s*}");

    private Conditions() {}

    /** The text of a flow's condition, empty if it has none. */
    static Optional<String> of(SequenceFlow flow) {
        return Optional.ofNullable(flow.getConditionExpression())
                .map(condition -> condition.getTextContent().strip());
    }

    static boolean isAllowed(String condition) {
        return CONDITION.matcher(condition).matches();
    }

    /** The one variable that it names; a fact is none. */
    static Optional<String> variable(String condition) {
        return named(condition).filter(name -> !name.contains("."));
    }

    /** The one fact that it names, such as {@code accountFacts.daysOpen}. */
    static Optional<String> fact(String condition) {
        return named(condition).filter(name -> name.contains("."));
    }

    private static Optional<String> named(String condition) {
        Matcher matcher = CONDITION.matcher(condition);
        return matcher.matches()
                ? Optional.of(matcher.group(1) != null ? matcher.group(1) : matcher.group(2))
                : Optional.empty();
    }

    /** The text that {@code ${variable == 'text'}} compares with. */
    static Optional<String> equalTo(String condition) {
        Matcher matcher = CONDITION.matcher(condition);
        return matcher.matches()
                        && "==".equals(matcher.group(3))
                        && matcher.group(4).startsWith("'")
                ? Optional.of(matcher.group(4).replace("'", ""))
                : Optional.empty();
    }

    /** Whether it is a variable, or its negation. */
    static boolean isBare(String condition) {
        Matcher matcher = CONDITION.matcher(condition);
        return matcher.matches() && matcher.group(1) != null;
    }

    /** Whether it compares with a whole number. */
    static boolean comparesNumber(String condition) {
        Matcher matcher = CONDITION.matcher(condition);
        return matcher.matches() && matcher.group(4) != null && matcher.group(4).matches("-?\\d{1,9}");
    }

    /** Whether it compares with a text, be it equal or not. */
    static boolean comparesText(String condition) {
        Matcher matcher = CONDITION.matcher(condition);
        return matcher.matches()
                && ("==".equals(matcher.group(3)) || "!=".equals(matcher.group(3)))
                && matcher.group(4).startsWith("'");
    }

    /** Whether a condition says this, blanks aside. */
    static boolean says(SequenceFlow flow, String required) {
        return flow != null
                && of(flow).map(condition -> condition.replaceAll("\\s", ""))
                        .filter(("${" + required.replaceAll("\\s", "") + "}")::equals)
                        .isPresent();
    }

    /** The default flow of an exclusive gateway; null if it has none. */
    static SequenceFlow defaultOf(FlowNode node) {
        return node instanceof ExclusiveGateway exclusive ? exclusive.getDefault() : null;
    }
}
