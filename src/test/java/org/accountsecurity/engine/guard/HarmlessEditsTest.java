package org.accountsecurity.engine.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.accountsecurity.ApplicationTest;
import org.accountsecurity.Journey;
import org.accountsecurity.TestClock;
import org.accountsecurity.shop.AccountStatus;
import org.accountsecurity.shop.Accounts;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What an owner may do freely: it is deployed, and both processes still run to their ends on it. */
@ApplicationTest
class HarmlessEditsTest {

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
    Journey journey;

    @Autowired
    Accounts accounts;

    @Autowired
    TestClock clock;

    static Stream<Arguments> edits() {
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
                        edit -> edit.redirect(DEREGISTRATION, "Flow_ConsentRecorded", APPROVE)
                                .replace(
                                        DEREGISTRATION + ".bpmn",
                                        "<bpmn:incoming>Flow_ConsentRecorded</bpmn:incoming>",
                                        "<bpmn:incoming>Flow_Approved</bpmn:incoming>")
                                .add(DEREGISTRATION, """
                            <bpmn:userTask id="UserTask_Approve" name="客服复核" camunda:candidateGroups="support" camunda:formRef="read-refusal" camunda:formRefBinding="deployment"><bpmn:incoming>Flow_ConsentRecorded</bpmn:incoming><bpmn:outgoing>Flow_Approved</bpmn:outgoing></bpmn:userTask>
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

    private static Arguments edit(String what, Consumer<ModelEdit> edit) {
        return arguments(what, edit);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("edits")
    @DisplayName("a harmless edit is deployed, and both processes run to their ends on it")
    void aHarmlessEditIsDeployed(String what, Consumer<ModelEdit> edit) {
        ModelEdit edited = new ModelEdit();
        edit.accept(edited);
        assertThat(guard.findings(edited.files())).isEmpty();
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
