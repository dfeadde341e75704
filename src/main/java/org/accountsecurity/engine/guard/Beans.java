package org.accountsecurity.engine.guard;

import java.lang.annotation.Annotation;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.accountsecurity.contract.Raises;
import org.accountsecurity.contract.UsableInModels;
import org.accountsecurity.contract.Variables;
import org.accountsecurity.engine.worker.WorkerTopic;
import org.accountsecurity.engine.worker.WorkerTopics;
import org.springframework.context.ApplicationContext;
import org.springframework.stereotype.Component;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/** The beans that a model may name, with their declarations. */
@Component
class Beans {

    private static final Pattern NAME = Pattern.compile("\\$\\{(\\w+)}");

    private final Map<String, Class<?>> types = new TreeMap<>();
    private final Set<String> written = new HashSet<>();
    private final WorkerTopics topics;

    Beans(ApplicationContext context, WorkerTopics topics) {
        this.topics = topics;
        for (String name : context.getBeanDefinitionNames()) {
            Class<?> type = context.getType(name, false);
            if (type != null) {
                types.put(name, ClassUtils.getUserClass(type));
            }
        }
        written.addAll(all(Variables.class, Variables::writes));
        written.addAll(all(Raises.class, Raises::writes));
        topics.topics().values().forEach(topic -> written.addAll(topic.writes().keySet()));
    }

    /** Whether {@code ${name}} is a bean of that type. */
    boolean isA(Class<?> wanted, String expression) {
        return named(expression)
                .map(types::get)
                .filter(wanted::isAssignableFrom)
                .isPresent();
    }

    boolean exists(String name) {
        return types.containsKey(name);
    }

    /**
     * Whether models may use this property of a bean, or this method with the id of a request, for a value of the type.
     */
    boolean isUsable(String bean, String member, boolean ofRequest, Class<?> wanted) {
        Class<?> type = types.get(bean);
        return type != null
                && type.isAnnotationPresent(UsableInModels.class)
                && Stream.of(type.getMethods())
                        .filter(method ->
                                wanted.isAssignableFrom(ClassUtils.resolvePrimitiveIfNecessary(method.getReturnType())))
                        .anyMatch(method -> ofRequest
                                ? method.getName().equals(member)
                                        && List.of(method.getParameterTypes()).equals(List.of(String.class))
                                : Set.of("get" + StringUtils.capitalize(member), "is" + StringUtils.capitalize(member))
                                                .contains(method.getName())
                                        && method.getParameterCount() == 0);
    }

    private static Optional<String> named(String expression) {
        Matcher matcher = NAME.matcher(expression);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** The declaration on the delegate of an activity. */
    <A extends Annotation> Optional<A> declared(Tag node, Class<A> annotation) {
        return named(node.get("camunda:delegateExpression"))
                .map(types::get)
                .map(type -> type.getAnnotation(annotation));
    }

    /** The declared topic of an external task; empty if it is not declared. */
    Optional<WorkerTopic> topicOf(Tag task) {
        return topics.find(task.get("camunda:topic"));
    }

    Set<String> topics() {
        return topics.names();
    }

    /** The codes of the errors that an activity may end in. */
    Stream<String> errors(Tag node) {
        return Stream.concat(
                declared(node, Raises.class).stream().flatMap(raises -> Stream.of(raises.value())),
                topicOf(node).stream().flatMap(topic -> topic.errors().stream()));
    }

    /** The declarations of all delegates together. */
    <A extends Annotation> Set<String> all(Class<A> annotation, Function<A, String[]> kind) {
        return types.values().stream()
                .flatMap(type -> Stream.ofNullable(type.getAnnotation(annotation)))
                .flatMap(declared -> Stream.of(kind.apply(declared)))
                .collect(Collectors.toSet());
    }

    /** Whether a name is taken by a bean, or by a variable that a delegate writes. */
    boolean isTaken(String name) {
        return exists(name) || written.contains(name);
    }
}
