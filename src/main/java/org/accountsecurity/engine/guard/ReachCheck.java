package org.accountsecurity.engine.guard;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.springframework.stereotype.Component;

/**
 * Every node is on a way that the other checks have followed, and that way goes on to an end event: what none of them sees
 * is not taken for safe.
 */
@Component
class ReachCheck implements Check {

    @Override
    public Stream<Finding> findings(Models models) {
        Set<FlowNode> reached = new HashSet<>();
        models.graphs()
                .forEach(graph ->
                        graph.reachable(graph.starts(), step -> true).forEach(place -> reached.add(place.node())));
        return Stream.of(
                        models.graphs().stream()
                                .flatMap(graph -> graph.tooDeep().stream())
                                .distinct()
                                .map(call -> Finding.of(call, "调用得太深，或调用了自己。请减少层次。")),
                        models.elements(FlowNode.class).stream()
                                .filter(node -> !reached.contains(node))
                                .filter(node -> !isBeside(node))
                                .map(node -> Finding.of(node, "没有路径能到达。请连上，或者删去。")),
                        models.elements(FlowNode.class).stream()
                                .filter(node -> Flows.from(node).isEmpty())
                                .filter(node -> !(node instanceof EndEvent) && !isBeside(node))
                                .map(node -> Finding.of(node, "之后没有路径：到这里会悄悄结束，所在的流程当作完成。请连到下一步，或连到结束事件。")))
                .flatMap(findings -> findings);
    }

    /** The frame of what an event starts beside the way is no node of it. */
    private static boolean isBeside(FlowNode node) {
        return node instanceof SubProcess inner && inner.triggeredByEvent();
    }
}
