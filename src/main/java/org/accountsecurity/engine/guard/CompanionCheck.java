package org.accountsecurity.engine.guard;

import java.time.Duration;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.accountsecurity.contract.Accompanied;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.CatchEvent;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.springframework.stereotype.Component;

/** What must be done beside a delegate is done there, in time and in any case. */
@Component
class CompanionCheck implements Check {

    private static final Duration DAY = Duration.ofDays(1);

    private final Beans beans;

    CompanionCheck(Beans beans) {
        this.beans = beans;
    }

    @Override
    public Stream<Finding> findings(Models models) {
        return beans.wherever(models, Accompanied.class, CompanionCheck::check);
    }

    private static Stream<Finding> check(FlowGraph graph, Place place, Accompanied declared) {
        return Stream.of(
                        Stream.of(declared.atOnce())
                                .filter(bean -> !isBeside(
                                        graph, place, bean, Duration.ZERO, start -> isOfProcess(start, place)))
                                .map(bean -> finding(graph, place, bean, "没有从一开始就（PT0S）", "直接放在流程里的事件子流程")),
                        Stream.of(declared.withinADay())
                                .filter(bean -> !isBeside(graph, place, bean, DAY, start -> true))
                                .map(bean -> finding(graph, place, bean, "没有在一天之内（最长 P1D）", "原来的事件子流程")))
                .flatMap(findings -> findings);
    }

    /** Names the event that begins it, if there is one, rather than what it is beside of. */
    private static Finding finding(FlowGraph graph, Place place, String bean, String when, String where) {
        BaseElement owner = graph.besides().stream()
                .filter(start -> start.node() instanceof StartEvent
                        && graph.beside(start).stream().anyMatch(reached -> reached.isDoneBy(bean)))
                .findFirst()
                .map(Place::node)
                .orElse(place.node());
        return Finding.of(owner, when + "通向 " + bean + "，或中间有网关、等待。请保留" + where + "，不经过别的判断就到它。");
    }

    private static boolean isBeside(
            FlowGraph graph, Place place, String bean, Duration latest, Predicate<Place> where) {
        return graph.besides().stream()
                .anyMatch(start -> start.node() instanceof StartEvent event
                        && where.test(start)
                        && graph.surrounds(start, place)
                        && TimerCheck.isWithin(event, latest)
                        && leadsTo(graph, start, bean));
    }

    /** A part of the process, or what it calls, may be over before its own event sub-process has begun. */
    private static boolean isOfProcess(Place start, Place place) {
        return start.call().equals(place.call())
                && start.node().getParentElement().getParentElement() instanceof Process;
    }

    /** Whether nothing ends, waits or is decided before the delegate has done its work. */
    private static boolean leadsTo(FlowGraph graph, Place start, String bean) {
        return graph.beside(start, step -> !step.to().isDoneBy(bean) && !FlowGraph.startsBeside(step.to())).stream()
                        .noneMatch(place -> !place.equals(start) && holdsUp(place)
                                || place.node() instanceof EndEvent
                                        && place.node()
                                                .getParentElement()
                                                .equals(start.node().getParentElement()))
                && graph.beside(start).stream().anyMatch(place -> place.isDoneBy(bean));
    }

    private static boolean holdsUp(Place place) {
        return place.node() instanceof UserTask
                || place.node() instanceof ExclusiveGateway
                || place.node() instanceof CatchEvent && !(place.node() instanceof StartEvent);
    }
}
