package org.accountsecurity.engine.guard;

import java.util.Set;
import java.util.stream.Stream;
import org.accountsecurity.contract.Immediate;
import org.accountsecurity.contract.WorksOn;
import org.camunda.bpm.model.bpmn.instance.CatchEvent;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
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
                        .filter(works -> !isOpen(graph, place, works))
                        .isPresent())
                .map(place -> Finding.of(place.node(), "办的不是这个流程的申请，在这里每次都会失败。请从模板中另选一个。"));
    }

    private static boolean isOpen(FlowGraph graph, Place place, WorksOn works) {
        if (works.openedBy().isEmpty()) {
            return graph.process().getId().equals(works.process());
        }
        Set<Place> before =
                graph.reachable(graph.startsOnTheWay(), step -> !step.to().isDoneBy(works.openedBy()));
        return !before.contains(place)
                && graph.places().stream().anyMatch(reached -> reached.isDoneBy(works.openedBy()));
    }

    /** Names the job after which it comes too late, if there is no answer in between. */
    private Stream<Finding> late(FlowGraph graph) {
        return graph.places().stream()
                .filter(RequestCheck::isJob)
                .flatMap(job -> graph.reachable(Set.of(job), step -> !step.isAnswered()).stream()
                        .filter(place -> !place.done()
                                && beans.declared(place.node(), Immediate.class).isPresent())
                        .map(place -> Finding.of(
                                job.node(),
                                "要等待或异步执行，而" + place.label()
                                        + "要立即办理：到那时，登录的人和表单刚填的内容就没有了。请去掉 Asynchronous before 或等待，或移到别处。")));
    }

    private static boolean isJob(Place place) {
        return !place.done()
                && !(place.node() instanceof UserTask)
                && (place.node().isCamundaAsyncBefore()
                        || place.node() instanceof CatchEvent event
                                && !(event instanceof StartEvent)
                                && TimerCheck.isTimer(event));
    }
}
