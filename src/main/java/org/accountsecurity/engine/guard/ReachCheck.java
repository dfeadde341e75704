package org.accountsecurity.engine.guard;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
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
        Set<FlowNode> lost = models.elements(FlowNode.class).stream()
                .filter(node -> !reached.contains(node) && !isBeside(node))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        List<FlowNode> loose = models.elements(FlowNode.class).stream()
                .filter(node -> Flows.from(node).isEmpty() && reached.contains(node))
                .filter(node -> !(node instanceof EndEvent) && !isBeside(node))
                .toList();
        return Stream.of(
                        models.graphs().stream()
                                .flatMap(graph -> graph.tooDeep().stream())
                                .distinct()
                                .map(call -> Finding.of(call, "调用得太深，或调用了自己。请减少层次。")),
                        firstOf(lost, loose, models).map(node -> Finding.of(node, "没有路径能到达。请连上，或者删去。")),
                        loose.stream().map(node -> Finding.of(node, "之后没有路径：到这里会悄悄结束，所在的流程当作完成。请连到下一步，或连到结束事件。")))
                .flatMap(findings -> findings);
    }

    /** Of what is lost, that which the rest hangs on; in a circle the loose end before it is to blame, or any of it. */
    private static Stream<FlowNode> firstOf(Set<FlowNode> lost, List<FlowNode> loose, Models models) {
        List<FlowNode> first = lost.stream()
                .filter(node -> before(node, models).noneMatch(lost::contains))
                .toList();
        return first.isEmpty() && loose.isEmpty() ? lost.stream().limit(1) : first.stream();
    }

    private static Stream<FlowNode> before(FlowNode node, Models models) {
        Stream<FlowNode> sources = Flows.into(node).stream().map(SequenceFlow::getSource);
        Stream<FlowNode> attached =
                node instanceof BoundaryEvent boundary ? Stream.ofNullable(boundary.getAttachedTo()) : Stream.empty();
        return Stream.of(
                        Stream.concat(sources, attached)
                                .filter(Objects::nonNull)
                                .flatMap(source -> Stream.concat(Stream.of(source), ends(source, models))),
                        node instanceof StartEvent
                                ? entering(node.getParentElement(), models)
                                : Stream.<FlowNode>empty())
                .flatMap(nodes -> nodes);
    }

    /** Where what a node contains or calls may have ended. */
    private static Stream<FlowNode> ends(FlowNode node, Models models) {
        Optional<? extends ModelElementInstance> inner =
                node instanceof CallActivity call ? models.process(call.getCalledElement()) : Optional.of(node);
        return inner.stream().flatMap(scope -> scope.getChildElementsByType(EndEvent.class).stream());
    }

    private static Stream<? extends FlowNode> entering(ModelElementInstance container, Models models) {
        if (container instanceof SubProcess inner && !inner.triggeredByEvent()) {
            return Stream.of(inner);
        }
        return container instanceof Process process
                ? models.callsOf(process).stream()
                : entering(container.getParentElement(), models);
    }

    /** The frame of what an event starts beside the way is no node of it. */
    private static boolean isBeside(FlowNode node) {
        return node instanceof SubProcess inner && inner.triggeredByEvent();
    }
}
