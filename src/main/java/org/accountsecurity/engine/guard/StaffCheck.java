package org.accountsecurity.engine.guard;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.accountsecurity.contract.AsksStaff;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.IntermediateCatchEvent;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.springframework.stereotype.Component;

/** What staff must see to becomes a task of theirs, at once, and what they decide is done. */
@Component
class StaffCheck implements Check {

    private static final Duration LONGEST = Duration.ofDays(1);

    private final Beans beans;

    StaffCheck(Beans beans) {
        this.beans = beans;
    }

    @Override
    public Stream<Finding> findings(Models models) {
        return beans.wherever(models, AsksStaff.class, StaffCheck::check);
    }

    private static Stream<Finding> check(FlowGraph graph, Place place, AsksStaff asks) {
        return isAsked(graph, place, asks.before())
                ? Stream.empty()
                : Stream.of(Finding.of(
                        place.node(),
                        "之后没有立即交给客服，或客服办理之后没有经过 " + asks.before() + "。请保留客服的任务（候选组、最长 P1D 的定时边界事件），以及之后的步骤。"));
    }

    private static boolean isAsked(FlowGraph graph, Place place, String then) {
        Place done = place.afterwards();
        Set<Place> first = graph.beside(done, step -> !rests(step.from()));
        List<Place> tasks = first.stream().filter(StaffCheck::rests).toList();
        return !tasks.isEmpty()
                && first.stream().noneMatch(reached -> reached.node() instanceof EndEvent)
                && tasks.stream()
                        .allMatch(task -> isForStaff(task)
                                && graph.isInterruptedWithin(task, LONGEST)
                                && leadsTo(graph, task, then));
    }

    /** With an answer or without one, and with no more than other tasks of a day before it. */
    private static boolean leadsTo(FlowGraph graph, Place task, String bean) {
        Predicate<FlowGraph.Step> onTheWay = step -> !FlowGraph.startsBeside(step.to());
        Set<Place> before = graph.beside(task, onTheWay.and(step -> !step.to().isDoneBy(bean)));
        return graph.beside(task, onTheWay.and(step -> !step.isAnswered())).stream()
                        .anyMatch(place -> place.isDoneBy(bean))
                && before.stream()
                        .noneMatch(place -> place.node() instanceof EndEvent
                                || place.node() instanceof IntermediateCatchEvent
                                || rests(place) && !graph.isInterruptedWithin(place, LONGEST));
    }

    private static boolean isForStaff(Place place) {
        return place.node() instanceof UserTask task && task.getCamundaAssignee() == null;
    }

    private static boolean rests(Place place) {
        return !place.done() && (place.node() instanceof UserTask || place.node() instanceof IntermediateCatchEvent);
    }
}
