package org.accountsecurity.engine.guard;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.accountsecurity.contract.Immediate;
import org.accountsecurity.contract.WorksOn;
import org.camunda.bpm.model.bpmn.instance.CatchEvent;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.springframework.stereotype.Component;

/** A delegate is used where the request is that it works on, and while what it needs of the transaction is there. */
@Component
class RequestCheck implements Check {

    private final Beans beans;

    RequestCheck(Beans beans) {
        this.beans = beans;
    }

    @Override
    public Stream<Finding> findings(Models models) {
        return models.graphs().stream()
                .flatMap(graph -> Stream.concat(elsewhere(graph), late(graph)))
                .distinct();
    }

    private Stream<Finding> elsewhere(FlowGraph graph) {
        return graph.places().stream()
                .filter(place -> !place.done())
                .filter(place -> beans.declared(place.node(), WorksOn.class)
                        .filter(works -> !isOpen(graph, works))
                        .isPresent())
                .map(place -> Finding.of(place.node(), "办的不是这个流程的申请，在这里每次都会失败。请从模板中另选一个。"));
    }

    private static boolean isOpen(FlowGraph graph, WorksOn works) {
        return works.openedBy().isEmpty()
                ? graph.process().getId().equals(works.process())
                : graph.places().stream().anyMatch(place -> place.isDoneBy(works.openedBy()));
    }

    /** Reached from a job, without an answer in between. */
    private Stream<Finding> late(FlowGraph graph) {
        Set<Place> jobs = new HashSet<>();
        graph.places().stream().filter(RequestCheck::isJob).forEach(jobs::add);
        return graph.reachable(jobs, step -> !step.isAnswered()).stream()
                .filter(place -> !place.done()
                        && beans.declared(place.node(), Immediate.class).isPresent())
                .map(place -> Finding.of(
                        place.node(), "要立即办理：过了等待或异步执行，登录的人和表单刚填的内容就没有了。请去掉它和之前任务的 Asynchronous before，以及中间的等待。"));
    }

    private static boolean isJob(Place place) {
        return !place.done()
                && !(place.node() instanceof UserTask)
                && (place.node().isCamundaAsyncBefore()
                        || place.node() instanceof CatchEvent event
                                && !(event instanceof StartEvent)
                                && isTimer(event));
    }

    private static boolean isTimer(CatchEvent event) {
        return event.getEventDefinitions().stream().anyMatch(TimerEventDefinition.class::isInstance);
    }
}
