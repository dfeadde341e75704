package org.accountsecurity.engine.guard;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.accountsecurity.contract.Repeats;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.Gateway;
import org.camunda.bpm.model.bpmn.instance.IntermediateCatchEvent;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.springframework.stereotype.Component;

/** Time alone brings every request to its end, whatever nobody answers, and nothing goes in circles without a wait. */
@Component
class ProgressCheck implements Check {

    private final Beans beans;

    ProgressCheck(Beans beans) {
        this.beans = beans;
    }

    @Override
    public Stream<Finding> findings(Models models) {
        return Stream.of(
                        models.graphs().stream().flatMap(ProgressCheck::circles),
                        models.graphs().stream().flatMap(this::repeated),
                        models.graphs().stream()
                                .filter(graph -> models.callsOf(graph.process()).isEmpty())
                                .flatMap(ProgressCheck::endless))
                .flatMap(findings -> findings)
                .distinct();
    }

    /** What is done in parts goes on until all is done, and ends then. */
    private Stream<Finding> repeated(FlowGraph graph) {
        return graph.places().stream()
                .filter(place -> !place.done())
                .flatMap(place -> beans.declared(place.node(), Repeats.class).stream()
                        .filter(repeats -> !endsWhenDone(graph, place, repeats.until()))
                        .map(repeats -> Finding.of(
                                place.node(),
                                "没有处理完就不再继续，或处理完之后又回到这里。请让条件为 ${" + repeats.until() + "} 的连线往下走，其余的回到这里。")));
    }

    private static boolean endsWhenDone(FlowGraph graph, Place place, String until) {
        Set<Place> done = Set.of(new Place(place.call(), place.node(), true));
        Predicate<FlowGraph.Step> unfinished = step -> !Conditions.says(step.flow(), until);
        Set<Place> before =
                graph.reachable(done, unfinished.and(step -> !step.to().equals(place)));
        Set<Place> after = graph.reachable(
                before.stream()
                        .flatMap(reached -> graph.from(reached).stream())
                        .filter(unfinished.negate())
                        .map(FlowGraph.Step::to)
                        .toList(),
                step -> true);
        return before.stream().noneMatch(reached -> reached.node() instanceof EndEvent) && !after.contains(place);
    }

    private static Stream<Finding> circles(FlowGraph graph) {
        Predicate<FlowGraph.Step> immediate = step -> !waits(step.to());
        Predicate<FlowGraph.Step> idle = step -> !(step.to().node() instanceof Activity);
        Stream<Finding> idling = graph.places().stream()
                .filter(place -> !place.done() && place.node() instanceof Gateway)
                .filter(place -> graph.from(place).stream()
                        .anyMatch(
                                step -> graph.reachable(Set.of(step.to()), idle).contains(place)))
                .map(place -> Finding.of(place.node(), "会再次回到这里，而中间什么也没有做，结果不会改变。请让返回的路径经过一个任务。"));
        return Stream.concat(
                idling,
                graph.places().stream()
                        .filter(place -> !place.done() && place.node() instanceof Activity && !waits(place))
                        .filter(place -> graph.from(place).stream()
                                .filter(immediate)
                                .anyMatch(step -> graph.reachable(Set.of(step.to()), immediate)
                                        .contains(place)))
                        .map(place -> Finding.of(place.node(), "会不停地重复，中间没有任何等待。请让返回的路径先经过持有人的任务或定时事件。")));
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
                .filter(place -> graph.ends(graph.reachable(Set.of(place), step -> !step.isAnswered()))
                        .findAny()
                        .isEmpty())
                .map(place -> Finding.of(place.node(), "没有人办理时，到期之后又会回到这里，申请永远不会结束。请让到期之后的路径通向结束事件。"));
    }
}
