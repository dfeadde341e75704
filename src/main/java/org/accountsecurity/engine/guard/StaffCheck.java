package org.accountsecurity.engine.guard;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.accountsecurity.contract.AsksStaff;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
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
        return models.graphs().stream()
                .flatMap(graph -> graph.places().stream()
                        .filter(place -> !place.done())
                        .flatMap(place -> beans.declared(place.node(), AsksStaff.class).stream()
                                .filter(asks -> !isAsked(graph, place, asks.before()))
                                .map(asks -> Finding.of(
                                        place.node(),
                                        "之后没有立即交给客服，或客服办理之后没有经过 " + asks.before()
                                                + "。请保留客服的任务（候选组、最长 P1D 的定时边界事件），以及之后的步骤。"))))
                .distinct();
    }

    private static boolean isAsked(FlowGraph graph, Place place, String then) {
        Place done = new Place(place.call(), place.node(), true);
        Set<Place> first = graph.beside(done, step -> !rests(step.from()));
        List<Place> tasks = first.stream().filter(StaffCheck::rests).toList();
        return !tasks.isEmpty()
                && first.stream().noneMatch(reached -> reached.node() instanceof EndEvent)
                && tasks.stream()
                        .allMatch(task -> isForStaff(task) && isWithinADay(graph, task) && leadsTo(graph, task, then));
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
                                || rests(place) && !isWithinADay(graph, place));
    }

    private static boolean isWithinADay(FlowGraph graph, Place task) {
        return graph.from(task).stream()
                .anyMatch(step -> step.to().node() instanceof BoundaryEvent boundary
                        && boundary.cancelActivity()
                        && TimerCheck.isWithin(boundary, LONGEST));
    }

    private static boolean isForStaff(Place place) {
        return place.node() instanceof UserTask task && task.getCamundaAssignee() == null;
    }

    private static boolean rests(Place place) {
        return !place.done() && (place.node() instanceof UserTask || place.node() instanceof IntermediateCatchEvent);
    }
}
