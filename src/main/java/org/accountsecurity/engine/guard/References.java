package org.accountsecurity.engine.guard;

import java.util.List;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.Error;
import org.camunda.bpm.model.bpmn.instance.ErrorEventDefinition;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;

/** What elements refer to is of the kind that they can refer to: the model API takes any element for it. */
final class References {

    private static final List<Reference> KNOWN = List.of(
            new Reference(SequenceFlow.class, "sourceRef", FlowNode.class),
            new Reference(SequenceFlow.class, "targetRef", FlowNode.class),
            new Reference(BoundaryEvent.class, "attachedToRef", Activity.class),
            new Reference(ExclusiveGateway.class, "default", SequenceFlow.class),
            new Reference(ErrorEventDefinition.class, "errorRef", Error.class));

    private References() {}

    private record Reference(Class<? extends BaseElement> from, String attribute, Class<?> to) {

        private boolean isWrong(BaseElement element) {
            ModelElementInstance found = element.getModelInstance().getModelElementById(id(element));
            return found != null && !to.isInstance(found);
        }

        private String id(BaseElement element) {
            return element.getAttributeValue(attribute);
        }
    }

    static Stream<Finding> findings(BpmnModelInstance model) {
        return KNOWN.stream()
                .flatMap(reference -> model.getModelElementsByType(reference.from()).stream()
                        .filter(reference::isWrong)
                        .map(element -> Finding.of(
                                element instanceof ErrorEventDefinition
                                        ? (BaseElement) element.getParentElement()
                                        : element,
                                "的 " + reference.attribute() + " 指向 " + reference.id(element)
                                        + "，不能这样连接。请删去后重新画，或重新选择。")));
    }
}
