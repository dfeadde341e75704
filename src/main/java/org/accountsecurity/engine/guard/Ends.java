package org.accountsecurity.engine.guard;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.ErrorEventDefinition;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.ParallelGateway;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.TerminateEventDefinition;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;

/** Which ends complete a scope: not one that a token reaches while another token must still go elsewhere. */
final class Ends {

    private final Collection<FlowNode> nodes;
    private final Collection<BoundaryEvent> boundaries;

    private Ends(ModelElementInstance container) {
        this.nodes = container.getChildElementsByType(FlowNode.class);
        this.boundaries = container.getChildElementsByType(BoundaryEvent.class);
    }

    static Ends of(ModelElementInstance container) {
        return new Ends(container);
    }

    boolean completes(EndEvent end) {
        return terminates(end) || isOnTheWay(end) && nobodyIsLeft(end);
    }

    /** Not only behind an event that starts something beside the way. */
    boolean isOnTheWay(EndEvent end) {
        return nodes.stream()
                .filter(StartEvent.class::isInstance)
                .anyMatch(start -> reachable(start, false, null).contains(end));
    }

    /** Whether every branch that was begun with this one can end like this one. */
    private boolean nobodyIsLeft(EndEvent end) {
        return nodes.stream()
                .filter(ParallelGateway.class::isInstance)
                .map(fork -> Flows.from(fork).stream()
                        .map(SequenceFlow::getTarget)
                        .map(branch -> reachable(branch, true, fork))
                        .toList())
                .filter(branches -> branches.stream().anyMatch(branch -> branch.contains(end)))
                .allMatch(branches -> branches.stream().allMatch(Ends::endsQuietly));
    }

    private static boolean endsQuietly(Set<FlowNode> branch) {
        return branch.stream()
                .filter(EndEvent.class::isInstance)
                .map(EndEvent.class::cast)
                .anyMatch(end -> !terminates(end)
                        && end.getEventDefinitions().stream().noneMatch(ErrorEventDefinition.class::isInstance));
    }

    static boolean terminates(EndEvent end) {
        return end.getEventDefinitions().stream().anyMatch(TerminateEventDefinition.class::isInstance);
    }

    /** Without going through the fork again, which would only begin the same branches once more. */
    private Set<FlowNode> reachable(FlowNode from, boolean beside, FlowNode fork) {
        Set<FlowNode> found = new HashSet<>(List.of(from));
        Deque<FlowNode> open = new ArrayDeque<>(found);
        while (!open.isEmpty()) {
            FlowNode node = open.pop();
            if (node.equals(fork)) {
                continue;
            }
            Flows.from(node).stream()
                    .map(SequenceFlow::getTarget)
                    .filter(found::add)
                    .forEach(open::push);
            boundaries.stream()
                    .filter(boundary -> node.equals(boundary.getAttachedTo()) && (beside || boundary.cancelActivity()))
                    .filter(found::add)
                    .forEach(open::push);
        }
        return found;
    }
}
