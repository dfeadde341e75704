package org.accountsecurity.engine.guard;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.accountsecurity.contract.Raises;
import org.accountsecurity.contract.UsableInModels;
import org.accountsecurity.contract.Variables;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.springframework.context.ApplicationContext;
import org.springframework.stereotype.Component;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/** The beans that a model may name, and what they declare. */
@Component
class Beans {

    static final String CAMUNDA = "http://camunda.org/schema/1.0/bpmn";
    /** The tasks that have a delegate do the work. */
    static final Set<String> DELEGATING = Set.of("serviceTask", "sendTask", "businessRuleTask");

    private static final Set<Class<?>> FACTS = Set.of(long.class, boolean.class, String.class);
    private static final Pattern NAME = Pattern.compile("\\$\\{(\\w+)}");

    private final Map<String, Class<?>> types = new TreeMap<>();

    Beans(ApplicationContext context) {
        for (String name : context.getBeanDefinitionNames()) {
            Class<?> type = context.getType(name, false);
            if (type != null) {
                types.put(name, ClassUtils.getUserClass(type));
            }
        }
    }

    Set<String> names() {
        return types.keySet();
    }

    Optional<Class<?>> type(String name) {
        return Optional.ofNullable(types.get(name));
    }

    /** Of which type the facts of a bean are that models may use. */
    Optional<Class<?>> fact(String fact) {
        String[] names = fact.split("\\.");
        return type(names[0])
                .filter(type -> names.length == 2 && type.isAnnotationPresent(UsableInModels.class))
                .flatMap(type -> Stream.of(type.getMethods())
                        .filter(method -> method.getName().equals("get" + StringUtils.capitalize(names[1])))
                        .<Class<?>>map(Method::getReturnType)
                        .filter(FACTS::contains)
                        .findFirst());
    }

    boolean isDelegate(String name) {
        return type(name).filter(JavaDelegate.class::isAssignableFrom).isPresent();
    }

    boolean isListener(String name) {
        return type(name).filter(ExecutionListener.class::isAssignableFrom).isPresent();
    }

    /** The bean behind {@code ${name}}. */
    static Optional<String> named(String expression) {
        Matcher matcher = NAME.matcher(expression == null ? "" : expression);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** The bean of the delegate that an activity runs. */
    static Optional<String> delegateOf(FlowNode node) {
        return DELEGATING.contains(node.getElementType().getTypeName())
                ? named(node.getAttributeValueNs(CAMUNDA, "delegateExpression"))
                : Optional.empty();
    }

    /** What the delegate of an activity declares. */
    <A extends Annotation> Optional<A> declared(FlowNode node, Class<A> annotation) {
        return delegateOf(node).flatMap(this::type).map(type -> type.getAnnotation(annotation));
    }

    /** Finds something wherever the delegate of an activity declares it, in every process and call. */
    <A extends Annotation> Stream<Finding> wherever(Models models, Class<A> annotation, Declared<A> check) {
        return models.graphs().stream()
                .flatMap(graph -> graph.places().stream()
                        .filter(place -> !place.done())
                        .flatMap(place -> declared(place.node(), annotation).stream()
                                .flatMap(declared -> check.findings(graph, place, declared))))
                .distinct();
    }

    /** What is wrong with a place, given what its delegate declares. */
    interface Declared<A extends Annotation> {

        Stream<Finding> findings(FlowGraph graph, Place place, A declared);
    }

    /** What beans declare, by their names. */
    <A extends Annotation> Map<String, A> declared(Class<A> annotation) {
        Map<String, A> declared = new TreeMap<>();
        types.forEach((name, type) -> {
            if (type.isAnnotationPresent(annotation)) {
                declared.put(name, type.getAnnotation(annotation));
            }
        });
        return declared;
    }

    /** The variables that are true or false. */
    Set<String> flags() {
        Set<String> flags = new TreeSet<>();
        declared(Variables.class).values().forEach(variables -> flags.addAll(List.of(variables.flags())));
        return flags;
    }

    /** Every variable that a delegate must find. */
    Set<String> read() {
        Set<String> read = new TreeSet<>();
        declared(Variables.class).values().forEach(variables -> read.addAll(List.of(variables.reads())));
        return read;
    }

    /** Every variable that a delegate leaves behind, in its end or in an error. */
    Set<String> written() {
        Set<String> written = new TreeSet<>();
        declared(Variables.class).values().forEach(variables -> written.addAll(List.of(variables.writes())));
        declared(Raises.class).values().forEach(raised -> written.addAll(List.of(raised.writes())));
        return written;
    }
}
