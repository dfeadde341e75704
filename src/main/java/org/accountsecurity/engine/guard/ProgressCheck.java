package org.accountsecurity.engine.guard;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.IntermediateCatchEvent;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.springframework.stereotype.Component;

/** Time alone brings every request to its end, whatever nobody answers, and nothing goes in circles without a wait. */
@Component
class ProgressCheck implements Check {

    @Override
    public Stream<Finding> findings(Models models) {
        return Stream.concat(
                        models.graphs().stream().flatMap(ProgressCheck::circles),
                        models.graphs().stream()
                                .filter(graph -> models.callsOf(graph.process()).isEmpty())
                                .flatMap(ProgressCheck::endless))
                .distinct();
    }

    private static Stream<Finding> circles(FlowGraph graph) {
        Predicate<FlowGraph.Step> immediate = step -> !waits(step.to());
        return graph.places().stream()
                .filter(place -> !place.done() && place.node() instanceof Activity && !waits(place))
                .filter(place -> graph.from(place).stream()
                        .filter(immediate)
                        .anyMatch(step ->
                                graph.reachable(Set.of(step.to()), immediate).contains(place)))
                .map(place -> Finding.of(place.node(), "会不停地重复，中间没有任何等待。请让返回的路径先经过持有人的任务或定时事件。"));
    }

    /** A job is a step of its own, such as the next portion of an erasure. */
    private static boolean waits(Place place) {
        return place.node() instanceof UserTask
                || place.node() instanceof IntermediateCatchEvent
                || place.node().isCamundaAsyncBefore()
                || place.node() instanceof BoundaryEvent boundary && !FlowGraph.catchesErrors(boundary);
    }

    private static Stream<Finding> endless(FlowGraph graph) {
        Set<Place> beside = new HashSet<>();
        graph.besides().forEach(start -> beside.addAll(graph.beside(start)));
        return graph.reachable(graph.starts(), step -> true).stream()
                .filter(place -> !place.done() && place.node() instanceof UserTask && !beside.contains(place))
                .filter(place -> graph.reachable(Set.of(place), step -> !isAnswered(step)).stream()
                        .noneMatch(graph::isOutermostEnd))
                .map(place -> Finding.of(place.node(), "没有人办理时，到期之后又会回到这里，申请永远不会结束。请让到期之后的路径通向结束事件。"));
    }

    private static boolean isAnswered(FlowGraph.Step step) {
        return step.from().node() instanceof UserTask && step.to().done();
    }
}
