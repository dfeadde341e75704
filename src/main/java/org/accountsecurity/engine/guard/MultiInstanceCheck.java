package org.accountsecurity.engine.guard;

import java.lang.reflect.Method;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.accountsecurity.contract.FilledBy;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.MultiInstanceLoopCharacteristics;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.springframework.stereotype.Component;

/** What is done for each of a collection is done for one at least, and for none of them is it cut short. */
@Component
class MultiInstanceCheck implements Check {

    private final Beans beans;

    MultiInstanceCheck(Beans beans) {
        this.beans = beans;
    }

    @Override
    public Stream<Finding> findings(Models models) {
        return models.elements(Activity.class).stream()
                .filter(activity -> activity.getLoopCharacteristics() != null)
                .flatMap(activity -> check(activity, models))
                .distinct();
    }

    private Stream<Finding> check(Activity activity, Models models) {
        Optional<FilledBy> filled = filled(activity);
        if (filled.isEmpty() || activity instanceof SubProcess inner && inner.triggeredByEvent()) {
            return Stream.of(Finding.of(activity, "按集合多次执行，集合为空时会整个跳过。请去掉多实例标记。"));
        }
        String bean = filled.get().value();
        return models.graphs().stream()
                .flatMap(graph -> graph.places().stream()
                        .filter(place -> !place.done() && place.node().equals(activity))
                        .flatMap(place -> isSkipped(graph, place, bean)
                                ? Stream.of(Finding.of(
                                        activity, "按集合多次执行，而之前有路径没有经过 " + bean + "：集合还是空的，会整个跳过。请去掉多实例标记，或移到它之后。"))
                                : cutsShort(graph, place)));
    }

    private static boolean isSkipped(FlowGraph graph, Place each, String bean) {
        return graph.reachable(graph.starts(), step -> !step.to().isDoneBy(bean))
                .contains(each);
    }

    /** Time on it, or an error of one that is caught on it or outside, ends all the others. */
    private static Stream<Finding> cutsShort(FlowGraph graph, Place each) {
        return graph.places().stream()
                .filter(place -> place.equals(each) || graph.around(place).contains(each))
                .flatMap(place -> graph.from(place).stream())
                .map(FlowGraph.Step::to)
                .filter(to -> to.node() instanceof BoundaryEvent boundary
                        && boundary.cancelActivity()
                        && !graph.around(to).contains(each)
                        && (FlowGraph.catchesErrors(boundary) || each.node().equals(boundary.getAttachedTo())))
                .map(to -> Finding.of(to.node(), "会中断" + each.label() + "正在执行的各份，没有做完的就漏掉了。请去掉它，或放到里面的任务上。"));
    }

    private Optional<FilledBy> filled(Activity activity) {
        return activity.getLoopCharacteristics() instanceof MultiInstanceLoopCharacteristics each
                ? Optional.ofNullable(each.getCamundaCollection())
                        .map(ExpressionCheck.OF_REQUEST::matcher)
                        .filter(Matcher::matches)
                        .flatMap(
                                matcher -> beans.type(matcher.group(1)).flatMap(type -> method(type, matcher.group(2))))
                        .map(method -> method.getAnnotation(FilledBy.class))
                : Optional.empty();
    }

    private static Optional<Method> method(Class<?> type, String name) {
        return Stream.of(type.getMethods())
                .filter(method -> method.getName().equals(name) && method.isAnnotationPresent(FilledBy.class))
                .findFirst();
    }
}
