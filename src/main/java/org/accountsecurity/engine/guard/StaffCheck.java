package org.accountsecurity.engine.guard;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
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
        Optional<Place> task = graph.beside(done, step -> !rests(step.from())).stream()
                .filter(StaffCheck::rests)
                .findFirst();
        return task.filter(StaffCheck::isForStaff)
                .filter(asked -> graph.from(asked).stream()
                        .anyMatch(step -> step.to().node() instanceof BoundaryEvent boundary
                                && boundary.cancelActivity()
                                && TimerCheck.isWithin(boundary, LONGEST)))
                .filter(asked -> leadsTo(graph, asked, then))
                .isPresent();
    }

    private static boolean leadsTo(FlowGraph graph, Place task, String bean) {
        Set<Place> before = graph.beside(task, step -> !step.to().isDoneBy(bean));
        return graph.beside(task).stream().anyMatch(place -> place.isDoneBy(bean))
                && before.stream()
                        .noneMatch(place ->
                                place.node() instanceof EndEvent || place.node() instanceof IntermediateCatchEvent);
    }

    private static boolean isForStaff(Place place) {
        return place.node() instanceof UserTask task && task.getCamundaAssignee() == null;
    }

    private static boolean rests(Place place) {
        return !place.done() && (place.node() instanceof UserTask || place.node() instanceof IntermediateCatchEvent);
    }
}
