package org.accountsecurity.engine.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.accountsecurity.ApplicationTest;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.xml.impl.util.IoUtil;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Every edit of some kind that somebody could make to a shipped diagram: only those that are listed are accepted. */
@ApplicationTest
class GeneratedEditsTest {

    @Autowired
    DeploymentGuard guard;

    /** What is done to each element of a kind, and where it is left to the owner, or refused when it comes to it. */
    enum Edit {
        BYPASS(
                Activity.class,
                Edit::canBeBypassed,
                Edit::bypass,
                // closing before the end of a cooling-off is refused, and so is closing with open items
                "UserTask_CoolOff",
                "ServiceTask_CheckOrders",
                "ServiceTask_CheckWallet",
                "ServiceTask_CheckSubscriptions",
                "ServiceTask_CheckLinkedLogins",
                // a code that has expired is wrong, voided or not
                "ServiceTask_VoidCode",
                // comfort
                "UserTask_AcknowledgeResult",
                "UserTask_AcknowledgeUnbinding",
                "UserTask_ReadNotVerified",
                "UserTask_ReadLimit",
                "UserTask_ViewProgress",
                "SendTask_TellNotReady",
                "SendTask_WarnStaff",
                "SendTask_WarnStaffAgain",
                "SendTask_RemindStaff",
                "ServiceTask_PrepareExport",
                "ServiceTask_SettleForHolder",
                "ServiceTask_RecheckOpenItems"),
        DROP_EVENT_SUB_PROCESS(
                SubProcess.class,
                SubProcess::triggeredByEvent,
                Edit::remove,
                "SubProcess_WarnStaff",
                "SubProcess_ShowProgress"),
        DROP_BOUNDARY(
                BoundaryEvent.class,
                boundary -> true,
                Edit::remove,
                // another time, or another catch, is around each
                "BoundaryEvent_CoolingOffOver",
                "BoundaryEvent_NotClosedInTime",
                "BoundaryEvent_DeadlineReached",
                "BoundaryEvent_NewPhoneNotVerified"),
        DROP_FLOW(SequenceFlow.class, flow -> true, Edit::remove, "Flow_VerificationNeededNo", "Flow_RenewedYes"),
        SWAP_ANSWERS(
                ExclusiveGateway.class,
                gateway -> gateway.getOutgoing().size() == 2,
                Edit::swap,
                // refused at the closing and at the change
                "Gateway_CoolingOff",
                "Gateway_VerificationNeeded",
                "Gateway_CooledOff",
                "Gateway_OwnAction",
                "Gateway_Renewed"),
        DROP_CONDITION(SequenceFlow.class, flow -> flow.getConditionExpression() != null, Edit::dropCondition),
        SYNCHRONOUS(
                Activity.class,
                Activity::isCamundaAsyncBefore,
                activity -> activity.setCamundaAsyncBefore(false),
                "SendTask_WarnStaff",
                "SendTask_WarnStaffAgain",
                "SendTask_RemindStaff"),
        NOBODYS(UserTask.class, task -> true, Edit::unassign),
        WITHOUT_FORM(UserTask.class, task -> true, task -> task.removeAttributeNs(Beans.CAMUNDA, "formRef")),
        LATEST(CallActivity.class, call -> true, call -> call.setCamundaCalledElementBinding("latest")),
        NOTHING_PASSED(CallActivity.class, call -> true, call -> call.removeChildElement(call.getExtensionElements())),
        TO_THE_POINT_OF_NO_RETURN(SequenceFlow.class, flow -> pointOf(flow).isPresent(), Edit::toThePoint);

        private final Class<? extends FlowElement> type;
        private final Predicate<FlowElement> concerned;
        private final Consumer<FlowElement> change;
        private final Set<String> accepted;

        @SuppressWarnings("unchecked")
        <T extends FlowElement> Edit(Class<T> type, Predicate<T> concerned, Consumer<T> change, String... accepted) {
            this.type = type;
            this.concerned = (Predicate<FlowElement>) concerned;
            this.change = (Consumer<FlowElement>) change;
            this.accepted = Set.of(accepted);
        }

        private static boolean canBeBypassed(Activity activity) {
            return activity.getIncoming().size() > 0 && activity.getOutgoing().size() == 1;
        }

        private static void bypass(Activity activity) {
            FlowNode next = activity.getOutgoing().iterator().next().getTarget();
            List.copyOf(activity.getIncoming()).forEach(flow -> lead(flow, next));
            remove(activity);
        }

        private static void lead(SequenceFlow flow, FlowNode target) {
            flow.getTarget().getIncoming().remove(flow);
            flow.setTarget(target);
            target.getIncoming().add(flow);
        }

        /** With what is attached to it, and the flows into it and out of it. */
        private static void remove(FlowElement element) {
            ModelElementInstance scope = element.getParentElement();
            if (element instanceof FlowNode node) {
                List.copyOf(scope.getChildElementsByType(BoundaryEvent.class)).stream()
                        .filter(boundary -> node.equals(boundary.getAttachedTo()))
                        .forEach(Edit::remove);
                List.copyOf(node.getIncoming()).forEach(Edit::remove);
                List.copyOf(node.getOutgoing()).forEach(Edit::remove);
            }
            scope.removeChildElement(element);
        }

        private static void swap(ExclusiveGateway gateway) {
            SequenceFlow standard = gateway.getDefault();
            SequenceFlow other = gateway.getOutgoing().stream()
                    .filter(flow -> !flow.equals(standard))
                    .findFirst()
                    .orElseThrow();
            FlowNode target = other.getTarget();
            lead(other, standard.getTarget());
            lead(standard, target);
        }

        private static void dropCondition(SequenceFlow flow) {
            flow.removeConditionExpression();
        }

        private static void unassign(UserTask task) {
            task.removeAttributeNs(Beans.CAMUNDA, "assignee");
            task.removeAttributeNs(Beans.CAMUNDA, "candidateGroups");
        }

        /** The delegate in the same scope that can't be undone, unless the flow leads there already. */
        private static Optional<FlowNode> pointOf(SequenceFlow flow) {
            return flow.getParentElement().getChildElementsByType(FlowNode.class).stream()
                    .filter(node -> Set.of("ServiceTask_CloseAccount", "ServiceTask_RebindPhone")
                            .contains(node.getId()))
                    .filter(node -> !node.equals(flow.getTarget()))
                    .findFirst();
        }

        private static void toThePoint(SequenceFlow flow) {
            lead(flow, pointOf(flow).orElseThrow());
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("an edit of this kind is refused wherever it is made, but for those that are listed")
    void isRefusedButForThese(Edit edit) {
        Set<String> accepted = new HashSet<>();
        for (String file : diagrams()) {
            for (String id : elements(file, edit)) {
                Map<String, byte[]> files = edited(file, id, edit);
                List<Finding> findings = guard.findings(files);
                if (findings.isEmpty()) {
                    accepted.add(id);
                }
                assertThat(findings).as(id).allSatisfy(finding -> {
                    assertThat(finding.text()).contains("请").endsWith("。");
                    assertThat(files.values())
                            .anyMatch(content -> new String(content, StandardCharsets.UTF_8)
                                    .contains("id=\"" + finding.element() + "\""));
                });
            }
        }

        assertThat(accepted).isEqualTo(edit.accepted);
    }

    private static List<String> diagrams() {
        return new ModelEdit()
                .texts().keySet().stream()
                        .filter(file -> file.endsWith(".bpmn"))
                        .toList();
    }

    private static List<String> elements(String file, Edit edit) {
        return read(file).getModelElementsByType(edit.type).stream()
                .filter(edit.concerned)
                .map(FlowElement::getId)
                .toList();
    }

    private static Map<String, byte[]> edited(String file, String id, Edit edit) {
        BpmnModelInstance model = read(file);
        edit.change.accept(model.getModelElementById(id));
        Map<String, byte[]> files = new ModelEdit().files();
        files.put(file, IoUtil.convertXmlDocumentToString(model.getDocument()).getBytes(StandardCharsets.UTF_8));
        return files;
    }

    private static BpmnModelInstance read(String file) {
        return Bpmn.readModelFromStream(
                new ByteArrayInputStream(new ModelEdit().files().get(file)));
    }
}
