package org.accountsecurity.engine.guard;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.impl.juel.Builder;
import org.camunda.bpm.impl.juel.TreeBuilderException;
import org.springframework.stereotype.Component;

/**
 * Allows in expressions only a bean, a variable, a property or method of a bean for models, or a comparison, each in
 * its place.
 */
@Component
class ExpressionCheck implements Check {

    private static final Builder PARSER = new Builder(Builder.Feature.METHOD_INVOCATIONS);
    private static final Pattern EXPRESSION = Pattern.compile("[$#]\\{");
    private static final String OPERAND =
            "(?<name>\\w+)(\\.(?<member>\\w+)(?<ofRequest>\\(execution\\.processBusinessKey\\))?)?";
    private static final Pattern VALUE = Pattern.compile("\\$\\{" + OPERAND + "}");
    private static final Pattern CONDITION = Pattern.compile(
            "\\$\\{(! )?" + OPERAND + "( (==|!=|<=|>=|<|>) (?<constant>'[^'\\\\]*'|(- )?\\d+(\\.\\d+)?|true|false))?}");

    private final Beans beans;

    ExpressionCheck(Beans beans) {
        this.beans = beans;
    }

    @Override
    public Stream<Finding> findings(Models models) {
        List<Finding> findings = new ArrayList<>();
        for (Tag tag : models.tags().toList()) {
            // the engine evaluates even the documentation of a task
            check(tag, tag.name(), tag.text(), findings);
            tag.attributes()
                    .forEach(attribute -> check(tag, "@" + attribute.getLocalName(), attribute.getValue(), findings));
        }
        return findings.stream();
    }

    private void check(Tag tag, String place, String text, List<Finding> findings) {
        if (place.endsWith("Variable") && beans.isTaken(text)) {
            findings.add(tag.finding("guard.variable-of-the-system", "variable", text));
        } else if (place.equals("@delegateExpression")) {
            Class<?> wanted = tag.is("camunda:executionListener") ? ExecutionListener.class : JavaDelegate.class;
            if (!beans.isA(wanted, text)) {
                findings.add(tag.finding("guard.unknown-delegate", "expression", text));
            }
        } else if ((place.equals("conditionExpression")
                        || EXPRESSION.matcher(text).find())
                && !isAllowed(place, canonical(text))) {
            findings.add(tag.finding("guard.expression", "expression", text));
        }
    }

    /**
     * The canonical form of an expression, such as {@code ${a == 'b'}} for {@code ${ a eq "b" }}; empty if it is
     * invalid.
     */
    private static String canonical(String text) {
        try {
            return PARSER.build(text.strip()).getRoot().getStructuralId(null);
        } catch (TreeBuilderException e) {
            return "";
        }
    }

    private boolean isAllowed(String place, String text) {
        return switch (place) {
            case "conditionExpression" -> isKnown(CONDITION.matcher(text), null);
            case "timeDate", "timeDuration", "timeCycle" -> isKnown(VALUE.matcher(text), Date.class);
            case "@collection" -> text.contains("(") && isKnown(VALUE.matcher(text), Collection.class);
            case "@assignee", "camunda:inputParameter" -> isKnown(VALUE.matcher(text), Comparable.class);
            case "@businessKey" -> text.equals(ElementCheck.BUSINESS_KEY);
            default -> false;
        };
    }

    /**
     * Whether the operand is a variable that no bean hides, or a usable member of a bean with the type; null stands for
     * the type of the constant.
     */
    private boolean isKnown(Matcher operand, Class<?> type) {
        if (!operand.matches()) {
            return false;
        }
        String name = operand.group("name");
        String member = operand.group("member");
        return member == null
                ? !beans.exists(name) && !name.equals("execution") && !name.equals("task")
                : beans.isUsable(
                        name, member, operand.group("ofRequest") != null, type == null ? compared(operand) : type);
    }

    /** The type that a fact must have for a comparison with this constant. */
    private static Class<?> compared(Matcher condition) {
        String constant = condition.group("constant");
        return constant == null || constant.matches("true|false")
                ? Boolean.class
                : constant.startsWith("'") ? String.class : Number.class;
    }
}
