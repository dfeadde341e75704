package org.accountsecurity.engine.worker;

import java.util.Map;
import org.accountsecurity.Modeler;

/** The shipped files, with an external task in the phone change as the guide for process owners shows it. */
public final class RiskCheck {

    public static final String PROCESS = "phone-unbinding";
    public static final String DIAGRAM = PROCESS + ".bpmn";
    static final String ASSESS_RISK = "ServiceTask_AssessRisk";
    static final String RISK_LATE = "BoundaryEvent_RiskLate";

    private static final String TASK = """
            <bpmn:serviceTask id="ServiceTask_AssessRisk" name="评估风险" camunda:type="external" camunda:topic="risk-check">
              <bpmn:extensionElements>
                <camunda:properties>
                  <camunda:property name="step" value="1" />
                  <camunda:property name="takes" value="约 1 分钟，不需要您操作" />
                </camunda:properties>
              </bpmn:extensionElements>
              <bpmn:incoming>Flow_ChangeOpened</bpmn:incoming>
              <bpmn:outgoing>Flow_RiskAssessed</bpmn:outgoing>
            </bpmn:serviceTask>
            <bpmn:boundaryEvent id="BoundaryEvent_RiskLate" name="10 分钟未评估" attachedToRef="ServiceTask_AssessRisk">
              <bpmn:outgoing>Flow_RiskLate</bpmn:outgoing>
              <bpmn:timerEventDefinition id="BoundaryEvent_RiskLate_Definition"><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">PT10M</bpmn:timeDuration></bpmn:timerEventDefinition>
            </bpmn:boundaryEvent>
            <bpmn:boundaryEvent id="BoundaryEvent_RiskUnknown" name="无法评估" attachedToRef="ServiceTask_AssessRisk">
              <bpmn:outgoing>Flow_RiskUnknown</bpmn:outgoing>
              <bpmn:errorEventDefinition id="BoundaryEvent_RiskUnknown_Definition" errorRef="Error_RiskUnknown" />
            </bpmn:boundaryEvent>
            <bpmn:exclusiveGateway id="Gateway_RiskHigh" name="风险高？" default="Flow_RiskHighNo">
              <bpmn:incoming>Flow_RiskAssessed</bpmn:incoming>
              <bpmn:outgoing>Flow_RiskHighYes</bpmn:outgoing>
              <bpmn:outgoing>Flow_RiskHighNo</bpmn:outgoing>
            </bpmn:exclusiveGateway>
            <bpmn:sequenceFlow id="Flow_RiskAssessed" sourceRef="ServiceTask_AssessRisk" targetRef="Gateway_RiskHigh" />
            <bpmn:sequenceFlow id="Flow_RiskHighYes" name="高" sourceRef="Gateway_RiskHigh" targetRef="EndEvent_AccountRestricted">
              <bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">${workerRisk == 'HIGH'}</bpmn:conditionExpression>
            </bpmn:sequenceFlow>
            <bpmn:sequenceFlow id="Flow_RiskHighNo" name="不高" sourceRef="Gateway_RiskHigh" targetRef="UserTask_ReadUnbindingNotice" />
            <bpmn:sequenceFlow id="Flow_RiskLate" sourceRef="BoundaryEvent_RiskLate" targetRef="UserTask_ReadUnbindingNotice" />
            <bpmn:sequenceFlow id="Flow_RiskUnknown" sourceRef="BoundaryEvent_RiskUnknown" targetRef="EndEvent_AccountRestricted" />
          """;

    private RiskCheck() {}

    public static Map<String, String> files() {
        Map<String, String> files = Modeler.everythingWith(DIAGRAM);
        edit(
                files,
                "sourceRef=\"ServiceTask_OpenPhoneChange\" targetRef=\"UserTask_ReadUnbindingNotice\"",
                "sourceRef=\"ServiceTask_OpenPhoneChange\" targetRef=\"ServiceTask_AssessRisk\"");
        edit(
                files,
                "<bpmn:incoming>Flow_ChangeOpened</bpmn:incoming>",
                "<bpmn:incoming>Flow_RiskHighNo</bpmn:incoming><bpmn:incoming>Flow_RiskLate</bpmn:incoming>");
        edit(files, "</bpmn:process>", TASK + "</bpmn:process>");
        edit(
                files,
                "<bpmndi:BPMNDiagram",
                "<bpmn:error id=\"Error_RiskUnknown\" name=\"无法评估\" errorCode=\"RISK_UNKNOWN\" /><bpmndi:BPMNDiagram");
        return files;
    }

    /** Changes the diagram. */
    public static void edit(Map<String, String> files, String text, String otherwise) {
        if (!files.get(DIAGRAM).contains(text)) {
            throw new AssertionError(DIAGRAM + " has no " + text);
        }
        files.computeIfPresent(DIAGRAM, (name, content) -> content.replace(text, otherwise));
    }
}
