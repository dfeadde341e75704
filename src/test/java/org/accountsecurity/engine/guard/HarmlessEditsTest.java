package org.accountsecurity.engine.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.accountsecurity.shop.AccountStatus;
import org.accountsecurity.shop.Accounts;
import org.accountsecurity.testing.JourneyTest;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;

/** What an owner may do freely: it is accepted, and both processes still run to their ends on it. */
class HarmlessEditsTest extends JourneyTest {

    private static final String HOLDER = "acct-10001";
    private static final String PHONE = "13800138001";
    private static final String DEREGISTRATION = "account-deregistration";
    private static final String UNBINDING = "phone-unbinding";
    private static final String VERIFICATION = "verification-code";
    private static final String APPROVE = "UserTask_Approve";

    @Autowired
    DeploymentGuard guard;

    @Autowired
    RepositoryService repository;

    @Autowired
    Accounts accounts;

    private static Stream<Edit> edits() {
        return Stream.of(
                edit(
                        "a task has another name",
                        edit -> edit.change(
                                DEREGISTRATION, "UserTask_ReadNotice", "name=\"[^\"]*\"", "name=\"看一看须知\"")),
                edit(
                        "an answer has another name",
                        edit -> edit.change(DEREGISTRATION, "Flow_ConfirmedYes", "name=\"[^\"]*\"", "name=\"确认注销\"")),
                edit(
                        "an end has another meaning",
                        edit -> edit.replace(DEREGISTRATION + ".bpmn", "申请已撤回，账户照常使用。需要时可以重新申请。", "申请已撤回，账户照常使用。")),
                edit(
                        "shapes are moved",
                        edit -> edit.replace(
                                DEREGISTRATION + ".bpmn",
                                "<dc:Bounds x=\"600\" y=\"340\"",
                                "<dc:Bounds x=\"610\" y=\"350\"")),
                edit("a timer is longer", edit -> edit.replace(DEREGISTRATION + ".bpmn", ">P3D<", ">P5D<")),
                edit("a timer is shorter", edit -> edit.replace(VERIFICATION + ".bpmn", ">PT30M<", ">PT20M<")),
                edit(
                        "a job is tried again more often",
                        edit -> edit.replace(UNBINDING + ".bpmn", "PT1M,PT10M,PT1H", "PT1M,PT5M,PT10M,PT1H")),
                edit(
                        "a text reads otherwise",
                        edit -> edit.replace("confirm-deregistration.form", "### 最终确认", "### 请注意")),
                edit(
                        "a field more, that nobody reads",
                        edit -> edit.replace(
                                "cool-off.form",
                                "\"components\": [",
                                "\"components\": [{\"type\": \"textarea\", \"key\": \"comment\", \"id\": \"Field_comment\", \"label\": \"留言\"},")),
                edit(
                        "fewer tries",
                        edit -> edit.replace("verification-policy.dmn", "<text>5</text>", "<text>4</text>")),
                edit(
                        "a code lives for three minutes",
                        edit -> edit.replace("verification-policy.dmn", "\"PT5M\"", "\"PT3M\"")),
                edit(
                        "open items are looked at every two hours",
                        edit -> edit.replace("deregistration-policy.dmn", "\"PT1H\"", "\"PT2H\"")),
                edit(
                        "records are kept for five years",
                        edit -> edit.replace("data-retention.dmn", "\"P3Y\"", "\"P5Y\"")),
                edit(
                        "a remedy reads otherwise",
                        edit -> edit.replace("deregistration-eligibility.dmn", "请在“我的钱包”中提现", "请到“我的钱包”提现")),
                edit("a reminder beside a task", edit -> edit.add(DEREGISTRATION, """
                            <bpmn:boundaryEvent id="BoundaryEvent_Remind" name="1 天后" cancelActivity="false" attachedToRef="UserTask_ReadNotice">
                              <bpmn:outgoing>Flow_Remind</bpmn:outgoing>
                              <bpmn:timerEventDefinition id="BoundaryEvent_Remind_Definition"><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">P1D</bpmn:timeDuration></bpmn:timerEventDefinition>
                            </bpmn:boundaryEvent>
                            <bpmn:sendTask id="SendTask_Remind" name="再提醒客服" camunda:delegateExpression="${warnStaffDelegate}"><bpmn:incoming>Flow_Remind</bpmn:incoming><bpmn:outgoing>Flow_Reminded</bpmn:outgoing></bpmn:sendTask>
                            <bpmn:endEvent id="EndEvent_Reminded" name="已再提醒"><bpmn:incoming>Flow_Reminded</bpmn:incoming></bpmn:endEvent>
                            <bpmn:sequenceFlow id="Flow_Remind" sourceRef="BoundaryEvent_Remind" targetRef="SendTask_Remind" />
                            <bpmn:sequenceFlow id="Flow_Reminded" sourceRef="SendTask_Remind" targetRef="EndEvent_Reminded" />""")),
                edit(
                        "a second approval by staff",
                        edit -> edit.redirect(DEREGISTRATION, "Flow_NoticeAcceptedYes", APPROVE)
                                .replace(
                                        DEREGISTRATION + ".bpmn",
                                        "<bpmn:incoming>Flow_NoticeAcceptedYes</bpmn:incoming>",
                                        "<bpmn:incoming>Flow_Approved</bpmn:incoming>")
                                .add(DEREGISTRATION, """
                            <bpmn:userTask id="UserTask_Approve" name="客服复核" camunda:candidateGroups="support" camunda:formRef="read-refusal" camunda:formRefBinding="deployment"><bpmn:incoming>Flow_NoticeAcceptedYes</bpmn:incoming><bpmn:outgoing>Flow_Approved</bpmn:outgoing></bpmn:userTask>
                            <bpmn:boundaryEvent id="BoundaryEvent_NotApproved" name="2 天后" attachedToRef="UserTask_Approve"><bpmn:outgoing>Flow_NotApproved</bpmn:outgoing>
                              <bpmn:timerEventDefinition id="BoundaryEvent_NotApproved_Definition"><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">P2D</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>
                            <bpmn:sequenceFlow id="Flow_Approved" sourceRef="UserTask_Approve" targetRef="CallActivity_VerifyHolder" />
                            <bpmn:sequenceFlow id="Flow_NotApproved" sourceRef="BoundaryEvent_NotApproved" targetRef="EndEvent_RequestLapsed" />""")),
                edit("another timer on a called process", edit -> edit.add(DEREGISTRATION, """
                            <bpmn:boundaryEvent id="BoundaryEvent_VerificationLate" name="1 天后" attachedToRef="CallActivity_VerifyHolder"><bpmn:outgoing>Flow_VerificationLate</bpmn:outgoing>
                              <bpmn:timerEventDefinition id="BoundaryEvent_VerificationLate_Definition"><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">P1D</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>
                            <bpmn:sequenceFlow id="Flow_VerificationLate" sourceRef="BoundaryEvent_VerificationLate" targetRef="EndEvent_RequestLapsed" />""")),
                edit(
                        "an end of its own for a lapse",
                        edit -> edit.redirect(DEREGISTRATION, "Flow_NoticeLapsed", "EndEvent_NoticeLapsed")
                                .replace(
                                        DEREGISTRATION + ".bpmn",
                                        "      <bpmn:incoming>Flow_NoticeLapsed</bpmn:incoming>\n",
                                        "")
                                .add(DEREGISTRATION, """
                            <bpmn:endEvent id="EndEvent_NoticeLapsed" name="须知已过期"><bpmn:documentation>须知没有答复。</bpmn:documentation><bpmn:incoming>Flow_NoticeLapsed</bpmn:incoming><bpmn:terminateEventDefinition id="EndEvent_NoticeLapsed_Definition" /></bpmn:endEvent>""")),
                edit(
                        "one more question before the change",
                        edit -> edit.redirect(UNBINDING, "Flow_BothNotified", "UserTask_Rate")
                                .replace(
                                        UNBINDING + ".bpmn",
                                        "<bpmn:incoming>Flow_BothNotified</bpmn:incoming>",
                                        "<bpmn:incoming>Flow_Rated</bpmn:incoming><bpmn:incoming>Flow_NotRated</bpmn:incoming>")
                                .add(UNBINDING, """
                            <bpmn:userTask id="UserTask_Rate" name="评价" camunda:assignee="${subject}" camunda:formRef="read-refusal" camunda:formRefBinding="deployment"><bpmn:incoming>Flow_BothNotified</bpmn:incoming><bpmn:outgoing>Flow_Rated</bpmn:outgoing></bpmn:userTask>
                            <bpmn:boundaryEvent id="BoundaryEvent_NotRated" name="10 分钟后" attachedToRef="UserTask_Rate"><bpmn:outgoing>Flow_NotRated</bpmn:outgoing>
                              <bpmn:timerEventDefinition id="BoundaryEvent_NotRated_Definition"><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">PT10M</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>
                            <bpmn:sequenceFlow id="Flow_Rated" sourceRef="UserTask_Rate" targetRef="UserTask_AcknowledgeUnbinding" />
                            <bpmn:sequenceFlow id="Flow_NotRated" sourceRef="BoundaryEvent_NotRated" targetRef="UserTask_AcknowledgeUnbinding" />""")));
    }

    private record Edit(String what, Consumer<ModelEdit> edit) {

        Map<String, byte[]> files() {
            ModelEdit edited = new ModelEdit();
            edit.accept(edited);
            return edited.files();
        }
    }

    private static Edit edit(String what, Consumer<ModelEdit> edit) {
        return new Edit(what, edit);
    }

    /** What the shipped processes do not wait for: it is checked by itself. */
    private static Stream<Edit> others() {
        String table = "verification-policy.dmn";
        return Stream.of(
                edit(
                        "a pool with lanes",
                        edit -> edit.replace(
                                        UNBINDING + ".bpmn",
                                        "<bpmn:process id=\"phone-unbinding\"",
                                        "<bpmn:collaboration id=\"Pools\"><bpmn:participant id=\"Pool\" name=\"商城\" processRef=\"phone-unbinding\" /></bpmn:collaboration><bpmn:process id=\"phone-unbinding\"")
                                .addBefore(
                                        UNBINDING,
                                        "StartEvent_PhoneChangeRequested",
                                        "<bpmn:laneSet id=\"Lanes\"><bpmn:lane id=\"Lane\" name=\"顾客\"><bpmn:flowNodeRef>UserTask_ReadUnbindingNotice</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>")),
                edit("data, notes and groups", edit -> edit.add(UNBINDING, """
                        <bpmn:dataObject id="Data" /><bpmn:dataObjectReference id="Reference" name="表单" dataObjectRef="Data" />
                        <bpmn:dataStoreReference id="Store" name="账户库" /><bpmn:textAnnotation id="Note"><bpmn:text>待法务确认</bpmn:text></bpmn:textAnnotation>
                        <bpmn:association id="Association" sourceRef="UserTask_AcknowledgeUnbinding" targetRef="Note" /><bpmn:group id="Group" />""")),
                edit(
                        "flows that are called yes and no",
                        edit -> edit.change(DEREGISTRATION, "Flow_ConfirmedYes", "name=\"[^\"]*\"", "name=\"是\"")
                                .change(DEREGISTRATION, "Flow_ConfirmedNo", "name=\"[^\"]*\"", "name=\"否\"")),
                edit(
                        "an own group of staff",
                        edit -> edit.change(
                                "data-erasure",
                                "UserTask_HandleStuckErasure",
                                "candidateGroups=\"support\"",
                                "candidateGroups=\"risk-control,support\"")),
                edit(
                        "branches that are joined",
                        edit -> edit.redirect(DEREGISTRATION, "Flow_NoticeAcceptedYes", "Gateway_Fork")
                                .add(
                                        DEREGISTRATION,
                                        "<bpmn:parallelGateway id=\"Gateway_Fork\" /><bpmn:parallelGateway id=\"Gateway_Join\" />"
                                                + send("SendTask_One")
                                                + send("SendTask_Two")
                                                + flow("Gateway_Fork", "SendTask_One")
                                                + flow("Gateway_Fork", "SendTask_Two")
                                                + flow("SendTask_One", "Gateway_Join")
                                                + flow("SendTask_Two", "Gateway_Join")
                                                + flow("Gateway_Join", "CallActivity_VerifyHolder"))),
                edit(
                        "a question back, to the same task",
                        edit -> edit.redirect(DEREGISTRATION, "Flow_ConfirmedNo", "UserTask_ReadNotice")),
                edit(
                        "a condition in other words",
                        edit -> edit.replace(
                                DEREGISTRATION + ".bpmn", "${choice == 'CONFIRM'}", "${ choice eq \"CONFIRM\" }")),
                edit(
                        "a condition on a number, and one on what is not so",
                        edit -> edit.replace(DEREGISTRATION + ".bpmn", ">${coolingOff}<", ">${not coolingOff}<")
                                .replace("contested-request.bpmn", "${choice == 'OWN'}", "${points &gt;= 30}")),
                edit(
                        "a condition on what a bean lets models use",
                        edit -> edit.replace(
                                DEREGISTRATION + ".bpmn",
                                ">${coolingOff}<",
                                ">${accountFacts.membershipLevel != 'VIP'}<")),
                edit(
                        "a task of a worker",
                        edit -> edit.redirect(DEREGISTRATION, "Flow_NoticeAcceptedYes", "ServiceTask_Score")
                                .add(
                                        DEREGISTRATION,
                                        """
                                <bpmn:serviceTask id="ServiceTask_Score" name="评估" camunda:type="external" camunda:topic="score"><bpmn:extensionElements><camunda:inputOutput><camunda:inputParameter name="plan">basic</camunda:inputParameter></camunda:inputOutput></bpmn:extensionElements></bpmn:serviceTask>
                                <bpmn:boundaryEvent id="BoundaryEvent_NoScore" name="1 小时" attachedToRef="ServiceTask_Score"><bpmn:timerEventDefinition id="NoScore_1"><bpmn:timeDuration>PT1H</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>"""
                                                + flow("BoundaryEvent_NoScore", "CallActivity_VerifyHolder")
                                                + flow("ServiceTask_Score", "CallActivity_VerifyHolder"))),
                edit("a table of one's own", edit -> {
                    edit.redirect(DEREGISTRATION, "Flow_NoticeAcceptedYes", "BusinessRuleTask_Own")
                            .add(DEREGISTRATION, """
                                    <bpmn:businessRuleTask id="BusinessRuleTask_Own" name="判断等级" camunda:decisionRef="level" camunda:decisionRefBinding="deployment" camunda:mapDecisionResult="singleEntry" camunda:resultVariable="level"><bpmn:extensionElements><camunda:inputOutput><camunda:inputParameter name="points">${accountFacts.daysOpen}</camunda:inputParameter></camunda:inputOutput></bpmn:extensionElements></bpmn:businessRuleTask>""" + flow("BusinessRuleTask_Own", "CallActivity_VerifyHolder"));
                    edit.texts().put("level.dmn", """
                            <?xml version="1.0" encoding="UTF-8"?>
                            <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" xmlns:camunda="http://camunda.org/schema/1.0/dmn" id="D" name="等级" namespace="http://camunda.org/schema/1.0/dmn">
                              <decision id="level" name="等级" camunda:historyTimeToLive="P190D"><decisionTable id="T" hitPolicy="FIRST">
                                <input id="I"><inputExpression id="E" typeRef="number"><text>points</text></inputExpression></input><output id="O" name="level" typeRef="string" />
                                <rule id="R1"><inputEntry id="R1_1"><text>&gt;= 365</text></inputEntry><outputEntry id="R1_2"><text>"VIP"</text></outputEntry></rule>
                                <rule id="R2"><inputEntry id="R2_1"><text>[30..365)</text></inputEntry><outputEntry id="R2_2"><text>"NORMAL"</text></outputEntry></rule>
                                <rule id="R3"><inputEntry id="R3_1"><text></text></inputEntry><outputEntry id="R3_2"><text>"NEW"</text></outputEntry></rule>
                              </decisionTable></decision>
                            </definitions>""");
                }),
                edit(
                        "a picture in colour, and input data in a table's",
                        edit -> edit.replace(
                                        UNBINDING + ".bpmn",
                                        "<bpmndi:BPMNShape id=\"UserTask_EnterNewPhone_di\"",
                                        "<bpmndi:BPMNShape xmlns:color=\"http://www.omg.org/spec/BPMN/non-normative/color/1.0\" color:background-color=\"#ffe0b2\" id=\"UserTask_EnterNewPhone_di\"")
                                .replace(
                                        table,
                                        "<decisionTable id=",
                                        "<informationRequirement id=\"IR\"><requiredInput href=\"#Data\" /></informationRequirement><decisionTable id=")
                                .replace(table, "</decision>", "</decision><inputData id=\"Data\" name=\"用途\" />")),
                edit("time ends a part of the process, from an event sub-process", edit -> edit.add(UNBINDING, """
                        <bpmn:subProcess id="SubProcess_Late" name="过期" triggeredByEvent="true">
                          <bpmn:startEvent id="StartEvent_Late" name="20 天"><bpmn:timerEventDefinition id="Late_1"><bpmn:timeDuration>P20D</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:startEvent>
                          <bpmn:endEvent id="EndEvent_Late" name="已过期" /><bpmn:sequenceFlow id="Flow_Late" sourceRef="StartEvent_Late" targetRef="EndEvent_Late" />
                        </bpmn:subProcess>""")));
    }

    private static String send(String id) {
        return "<bpmn:sendTask id=\"" + id + "\" name=\"提醒\" camunda:delegateExpression=\"${warnStaffDelegate}\" />";
    }

    private static String flow(String source, String target) {
        return "<bpmn:sequenceFlow id=\"Flow_" + source + "_" + target + "\" sourceRef=\"" + source + "\" targetRef=\""
                + target + "\" />";
    }

    @TestFactory
    @DisplayName("a harmless edit is accepted")
    Stream<DynamicTest> aHarmlessEditIsAccepted() {
        return Stream.concat(edits(), others())
                .map(edit -> dynamicTest(
                        edit.what(),
                        () -> assertThat(guard.findings(edit.files())).isEmpty()));
    }

    @Test
    @DisplayName("with all of them at once both processes run to their ends")
    void withAllOfThemBothProcessesRun() {
        ModelEdit edited = new ModelEdit();
        edits().forEach(edit -> edit.edit().accept(edited));
        DeploymentBuilder builder = repository.createDeployment();
        edited.texts().forEach(builder::addString);
        String deployment = builder.deploy().getId();
        try {
            changeNumber();
            clock.forward(Duration.ofHours(1));
            deregister();
        } finally {
            repository.deleteDeployment(deployment, true);
        }
    }

    private void changeNumber() {
        ProcessInstance change = journey.changed(HOLDER, "SMS", PHONE, "13900139001");
        if (journey.waitsAt(change, "UserTask_Rate")) {
            journey.submit(change, "UserTask_Rate");
        }
        journey.submit(change, "UserTask_AcknowledgeUnbinding");
        assertThat(accounts.findByLogin("13900139001")).isPresent();
    }

    private void deregister() {
        ProcessInstance request = journey.start("account-deregistration", HOLDER);
        journey.submit(request, "UserTask_ReadNotice", "choice", "CONTINUE", "consent", true, "channel", "SMS");
        if (journey.waitsAt(request, APPROVE)) {
            journey.submitAs("support", journey.task(request, APPROVE));
        }
        journey.verify(request, "13900139001");
        journey.submit(request, "UserTask_ConfirmDeregistration", "choice", "CONFIRM");
        journey.erase(request);
        journey.submit(request, "UserTask_AcknowledgeResult");
        assertThat(accounts.find(HOLDER).orElseThrow().status()).isEqualTo(AccountStatus.CLOSED);
    }
}
