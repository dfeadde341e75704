package org.accountsecurity.engine.guard;

import java.util.List;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;

/** The flows of a node as the engine takes them: by what they name, not by what the node lists. */
final class Flows {

    private Flows() {}

    static List<SequenceFlow> from(FlowNode node) {
        return all(node).stream()
                .filter(flow -> node.equals(flow.getSource()) && flow.getTarget() != null)
                .toList();
    }

    static List<SequenceFlow> into(FlowNode node) {
        return all(node).stream().filter(flow -> node.equals(flow.getTarget())).toList();
    }

    private static List<SequenceFlow> all(FlowNode node) {
        return List.copyOf(node.getParentElement().getChildElementsByType(SequenceFlow.class));
    }
}
