package org.accountsecurity.engine.guard;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.accountsecurity.contract.UsableInModels;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;

/** No code in a model: a known bean, a variable, its negation or its comparison with a constant, each in its place. */
@Component
class ExpressionCheck implements Check {

    private static final Pattern EXPRESSION = Pattern.compile("[$#]\\{");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{\\w+}");
    private static final Pattern PROPERTY = Pattern.compile("\\$\\{(\\w+)\\.(\\w+)}");
    static final Pattern OF_REQUEST = Pattern.compile("\\$\\{(\\w+)\\.(\\w+)\\(execution\\.processBusinessKey\\)}");
    static final String BUSINESS_KEY = "#{execution.processBusinessKey}";

    private final Beans beans;

    ExpressionCheck(Beans beans) {
        this.beans = beans;
    }

    @Override
    public boolean comesFirst() {
        return true;
    }

    @Override
    public Stream<Finding> findings(Models models) {
        List<Finding> findings = new ArrayList<>();
        models.documents()
                .forEach(document -> Dom.walk(document, (element, owner) -> {
                    check(element, owner, findings);
                    return true;
                }));
        return findings.stream();
    }

    private void check(Element element, Element owner, List<Finding> findings) {
        Dom.attributes(element).forEach(attribute -> attribute(element, attribute, owner, findings));
        boolean evaluated = element.getLocalName().equals("conditionExpression")
                || element.getLocalName().startsWith("time");
        // the engine evaluates even a task's documentation
        if (Dom.children(element).isEmpty() || evaluated) {
            text(element, element.getTextContent().strip(), owner, findings);
        }
    }

    private void attribute(Element element, Attr attribute, Element owner, List<Finding> findings) {
        String name = attribute.getLocalName();
        String value = attribute.getValue();
        if (name.equals("delegateExpression")) {
            boolean listener = element.getLocalName().endsWith("Listener");
            if (Beans.named(value)
                    .filter(bean -> listener ? beans.isListener(bean) : beans.isDelegate(bean))
                    .isEmpty()) {
                findings.add(Dom.finding(owner, "的 " + value + " 不是系统里的处理程序。请从模板中选择。"));
            }
        } else if (EXPRESSION.matcher(value).find() && !allowed(name, value)) {
            findings.add(refused(owner, value));
        } else if (name.equals("language")) {
            findings.add(Dom.finding(owner, "用了脚本语言。请改成变量，或变量与常量的比较。"));
        }
    }

    private boolean allowed(String attribute, String value) {
        return switch (attribute) {
            case "assignee", "sourceExpression" -> VARIABLE.matcher(value).matches();
            case "businessKey" -> value.equals(BUSINESS_KEY);
            case "collection" -> usable(OF_REQUEST.matcher(value), true);
            default -> false;
        };
    }

    private void text(Element element, String text, Element owner, List<Finding> findings) {
        String name = element.getLocalName();
        if (name.equals("conditionExpression")) {
            if (!Conditions.isAllowed(text)) {
                findings.add(refused(owner, text));
            } else if (!asksForAFact(text)) {
                findings.add(
                        Dom.finding(
                                owner,
                                "的条件 " + text
                                        + " 问的不是系统知道的事实，或比较的方式不对。可以写 ${accountFacts.daysOpen > 365}（数字）或 ${accountFacts.standing == 'VIP'}（文字）。"));
            }
        } else if (EXPRESSION.matcher(text).find()) {
            boolean time = name.startsWith("time");
            boolean variable = VARIABLE.matcher(text).matches() && (time || name.equals("inputParameter"));
            boolean fact = name.equals("inputParameter") && fact(text).isPresent();
            if (!variable && !fact && !(time && usable(PROPERTY.matcher(text), false))) {
                findings.add(refused(owner, text));
            }
        }
    }

    /** Whether it names no fact, or one that there is, and compares it with what it can be. */
    private boolean asksForAFact(String condition) {
        return Conditions.fact(condition)
                .map(fact -> beans.fact(fact)
                        .filter(type -> type == boolean.class
                                ? Conditions.isBare(condition)
                                : type == String.class
                                        ? Conditions.comparesText(condition)
                                        : Conditions.comparesNumber(condition))
                        .isPresent())
                .orElse(true);
    }

    /** The type of the fact that {@code ${bean.property}} names. */
    private Optional<Class<?>> fact(String text) {
        Matcher matcher = PROPERTY.matcher(text);
        return matcher.matches() ? beans.fact(matcher.group(1) + "." + matcher.group(2)) : Optional.empty();
    }

    /** Whether the bean lets models use this property, or this method of a request's id. */
    private boolean usable(Matcher matcher, boolean ofRequest) {
        if (!matcher.matches()) {
            return false;
        }
        Optional<Class<?>> type =
                beans.type(matcher.group(1)).filter(bean -> bean.isAnnotationPresent(UsableInModels.class));
        String member = matcher.group(2);
        return type.isPresent()
                && Stream.of(type.get().getMethods())
                        .anyMatch(method -> ofRequest
                                ? method.getName().equals(member) && takesRequest(method)
                                : method.getName().equals("get" + StringUtils.capitalize(member))
                                        && method.getReturnType() == Date.class);
    }

    private static boolean takesRequest(Method method) {
        return method.getParameterCount() == 1 && method.getParameterTypes()[0] == String.class;
    }

    private static Finding refused(Element owner, String expression) {
        return Dom.finding(owner, "里的表达式 " + expression + " 不允许。请只用变量、它的否定，或变量与常量的比较。");
    }
}
