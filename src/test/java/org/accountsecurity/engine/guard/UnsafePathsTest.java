package org.accountsecurity.engine.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.accountsecurity.ApplicationTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Ways around the confirmation, the verification and the erasure that need a second look at the diagram. */
@ApplicationTest
class UnsafePathsTest {

    private static final String DEREGISTRATION = "account-deregistration";
    private static final String ERASURE = "data-erasure";
    private static final String VERIFICATION = "verification-code";
    private static final String CLOSE = "ServiceTask_CloseAccount";
    private static final String CONFIRM = "UserTask_ConfirmDeregistration";
    private static final String NOT_INTERRUPTING = " isInterrupting=\"false\"";
    private static final String EACH = """
            <bpmn:multiInstanceLoopCharacteristics camunda:collection="${erasurePlan.dataSets(execution.processBusinessKey)}" camunda:elementVariable="dataSet" />""";

    @Autowired
    DeploymentGuard guard;

    static Stream<Arguments> edits() {
        return Stream.of(quietEnds(), eventSubProcesses(), collections(), answers(), cutShort(), whatTheEngineDoes())
                .flatMap(List::stream);
    }

    private static List<Arguments> whatTheEngineDoes() {
        return List.of(
                edit(
                        "a documentation that the engine would evaluate",
                        "UserTask_ReadNotice",
                        edit -> edit.replace(
                                DEREGISTRATION + ".bpmn",
                                "<bpmn:documentation>告知每类数据",
                                "<bpmn:documentation>${accounts.find('acct-1')}告知每类数据")),
                edit(
                        "a delegate on a gateway, which runs none",
                        List.of("ServiceTask_IssueReceipt"),
                        edit -> edit.replaceAll(
                                "data-erasure.bpmn",
                                "(?s)<bpmn:serviceTask (id=\"ServiceTask_IssueReceipt\".*?)</bpmn:serviceTask>",
                                "<bpmn:exclusiveGateway $1</bpmn:exclusiveGateway>")),
                edit(
                        "errors that there are not",
                        List.of(
                                "EndEvent_CoolOffWithdrawn",
                                "BoundaryEvent_WithdrawnWhileCoolingOff",
                                "BoundaryEvent_PreparationWithdrawn",
                                "BoundaryEvent_VerificationWithdrawn"),
                        edit -> edit.drop(DEREGISTRATION, "Error_Withdrawn")),
                edit(
                        "time leads back to where it ran out",
                        "UserTask_ReadNotice",
                        edit -> edit.redirect(DEREGISTRATION, "Flow_NoticeLapsed", "UserTask_ReadNotice")),
                edit(
                        "a wrong code is checked for ever",
                        List.of("ServiceTask_CheckCode"),
                        edit -> edit.redirect(VERIFICATION, "Flow_CodeAcceptedRetry", "ServiceTask_CheckCode")),
                edit(
                        "a number that can't be used is checked for ever",
                        List.of("ServiceTask_CheckNewPhone"),
                        edit -> edit.redirect("phone-unbinding", "Flow_NewPhoneUsableNo", "ServiceTask_CheckNewPhone")),
                edit(
                        "a changed number of which nobody is told",
                        "ServiceTask_RebindPhone",
                        edit -> edit.redirect("phone-unbinding", "Flow_PhoneChosen", "UserTask_AcknowledgeUnbinding")
                                .drop("phone-unbinding", "ServiceTask_NotifyBothNumbers")
                                .drop("phone-unbinding", "Flow_BothNotified")),
                edit(
                        "the notice of the request comes late",
                        "StartEvent_TellingRequested",
                        edit -> edit.replaceAll(
                                DEREGISTRATION + ".bpmn",
                                "(id=\"StartEvent_TellingRequested_Definition\"><bpmn:timeDuration[^>]*>)PT0S",
                                "$1PT1H")),
                edit(
                        "the notice of the request comes again and again",
                        "StartEvent_TellingRequested",
                        edit -> edit.replaceAll(
                                DEREGISTRATION + ".bpmn",
                                "(id=\"StartEvent_TellingRequested_Definition\"><bpmn:)timeDuration([^>]*>)PT0S</bpmn:timeDuration>",
                                "$1timeCycle$2R/PT10M</bpmn:timeCycle>")),
                edit(
                        "the notice of the closing waits for the holder",
                        "StartEvent_TellingClosing",
                        edit -> edit.redirect(ERASURE, "Flow_TellingClosing", "UserTask_Wait")
                                .replace(
                                        ERASURE + ".bpmn",
                                        "<bpmn:sequenceFlow id=\"Flow_TellingClosing\"",
                                        """
                                        <bpmn:userTask id="UserTask_Wait" name="等待" camunda:candidateGroups="support" camunda:formRef="view-progress" camunda:formRefBinding="deployment" />
                                        <bpmn:boundaryEvent id="BoundaryEvent_Wait" name="1 天" attachedToRef="UserTask_Wait"><bpmn:timerEventDefinition id="Wait_1"><bpmn:timeDuration>P1D</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>"""
                                                + flow("UserTask_Wait", "SendTask_TellClosing")
                                                + flow("BoundaryEvent_Wait", "SendTask_TellClosing")
                                                + "<bpmn:sequenceFlow id=\"Flow_TellingClosing\"")),
                edit(
                        "what is stuck is reported next month",
                        "StartEvent_DataSetStuck",
                        edit -> edit.replaceAll(
                                ERASURE + ".bpmn",
                                "(id=\"StartEvent_DataSetStuck_Definition\"><bpmn:timeDuration[^>]*>)PT2H",
                                "$1P30D")),
                edit(
                        "the erasure waits for a month",
                        "IntermediateCatchEvent_Later",
                        edit -> edit.redirect(DEREGISTRATION, "Flow_AccountClosed", "IntermediateCatchEvent_Later")
                                .add(
                                        DEREGISTRATION,
                                        """
                                        <bpmn:intermediateCatchEvent id="IntermediateCatchEvent_Later" name="30 天后"><bpmn:timerEventDefinition id="Later_1"><bpmn:timeDuration>P30D</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>""" + flow("IntermediateCatchEvent_Later", "CallActivity_EraseData"))),
                edit(
                        "the erasure waits for staff",
                        "UserTask_Wait",
                        edit -> edit.redirect(DEREGISTRATION, "Flow_AccountClosed", "UserTask_Wait")
                                .add(
                                        DEREGISTRATION,
                                        """
                                        <bpmn:userTask id="UserTask_Wait" name="等待" camunda:candidateGroups="support" camunda:formRef="view-progress" camunda:formRefBinding="deployment" />
                                        <bpmn:boundaryEvent id="BoundaryEvent_Wait" name="1 天" attachedToRef="UserTask_Wait"><bpmn:timerEventDefinition id="Wait_1"><bpmn:timeDuration>P1D</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>"""
                                                + flow("UserTask_Wait", "CallActivity_EraseData")
                                                + flow("BoundaryEvent_Wait", "CallActivity_EraseData"))),
                edit(
                        "a contest that nobody looks into ends at once",
                        "contested-request",
                        edit -> edit.replaceAll(
                                "contested-request.bpmn",
                                "(id=\"BoundaryEvent_RestrictionOver_Definition\"><bpmn:timeDuration[^>]*>)P15D",
                                "$1PT1M")),
                edit(
                        "a reminder ends the contest",
                        "contested-request",
                        edit -> edit.redirect("contested-request", "Flow_StaffReminded", "EndEvent_RestrictionOver")
                                .drop("contested-request", "EndEvent_StaffReminded")),
                edit(
                        "a code is made when the form's choice of the channel is gone",
                        "ServiceTask_IssueCode",
                        edit -> asynchronous(edit, VERIFICATION, "ServiceTask_IssueCode")),
                edit(
                        "a verification is called when the form's choice of the channel is gone",
                        "CallActivity_VerifyHolder",
                        edit -> asynchronous(edit, DEREGISTRATION, "CallActivity_VerifyHolder")),
                edit(
                        "a code is checked when the form's code is gone",
                        "ServiceTask_CheckCode",
                        edit -> asynchronous(edit, VERIFICATION, "ServiceTask_CheckCode")),
                edit(
                        "an event that never happens",
                        "IntermediateCatchEvent_Never",
                        edit -> edit.redirect(DEREGISTRATION, "Flow_ConsentRecorded", "IntermediateCatchEvent_Never")
                                .add(
                                        DEREGISTRATION,
                                        "<bpmn:intermediateCatchEvent id=\"IntermediateCatchEvent_Never\" name=\"等待\" />"
                                                + flow("IntermediateCatchEvent_Never", "CallActivity_VerifyHolder"))),
                edit(
                        "the options of the confirmation come from elsewhere",
                        "confirm-deregistration.form",
                        edit -> edit.replaceAll(
                                "confirm-deregistration.form",
                                "\"type\": \"radio\",",
                                "\"type\": \"radio\", \"valuesKey\": \"channels\",")),
                edit(
                        "who answers one question withdraws by going on",
                        List.of("Flow_NoticeAcceptedNo", "ServiceTask_RecordConsent"),
                        edit -> edit.redirect(DEREGISTRATION, "Flow_NoticeAcceptedNo", "ServiceTask_RecordConsent")),
                edit(
                        "a gateway with one answer only",
                        "Gateway_Purged",
                        edit -> edit.drop("retention-purge", "Flow_PurgedNo")
                                .change("retention-purge", "Gateway_Purged", " default=\"Flow_PurgedNo\"", "")),
                edit(
                        "a request that is opened when nobody is logged in",
                        "ServiceTask_OpenPhoneChange",
                        edit -> asynchronous(edit, "phone-unbinding", "ServiceTask_OpenPhoneChange")),
                edit(
                        "an answer that is neither yes nor no",
                        List.of("Flow_NoticeAcceptedYes"),
                        edit -> edit.replaceAll(
                                DEREGISTRATION + ".bpmn",
                                "(id=\"Flow_NoticeAcceptedYes\"[^>]*>\\s*<bpmn:conditionExpression[^>]*>)[^<]*",
                                "$1\\${choice}")));
    }

    private static List<Arguments> quietEnds() {
        return List.of(
                edit(
                        "silence at the confirmation ends its sub-process",
                        "BoundaryEvent_Silence",
                        edit -> confirmIn(edit, timer("BoundaryEvent_Silence", CONFIRM, "PT1H"))),
                edit(
                        "whoever got no code reads why, and is verified",
                        "UserTask_ReadLimit",
                        edit -> edit.drop(VERIFICATION, "Flow_LimitRead")),
                edit(
                        "whoever wants no new code is verified",
                        "BoundaryEvent_Late",
                        edit -> edit.add(VERIFICATION, timer("BoundaryEvent_Late", "UserTask_RenewCode", "PT1M"))),
                edit(
                        "a closed account comes to a task that leads nowhere",
                        "SendTask_Nowhere",
                        edit -> edit.redirect(DEREGISTRATION, "Flow_AccountClosed", "Gateway_Nowhere")
                                .add(DEREGISTRATION, """
                                        <bpmn:exclusiveGateway id="Gateway_Nowhere" name="有冷静期？" default="Flow_NowhereNo" />
                                        <bpmn:sequenceFlow id="Flow_NowhereYes" name="有" sourceRef="Gateway_Nowhere" targetRef="SendTask_Nowhere"><bpmn:conditionExpression>${coolingOff}</bpmn:conditionExpression></bpmn:sequenceFlow>
                                        <bpmn:sequenceFlow id="Flow_NowhereNo" name="没有" sourceRef="Gateway_Nowhere" targetRef="CallActivity_EraseData" />
                                        <bpmn:sendTask id="SendTask_Nowhere" name="提醒" camunda:delegateExpression="${warnStaffDelegate}" />""")),
                edit(
                        "a start leads nowhere",
                        List.of("StartEvent_TellingRequested", "ServiceTask_OpenRequest"),
                        edit -> edit.drop(DEREGISTRATION, "Flow_TellingRequested")
                                .drop(DEREGISTRATION, "SendTask_TellRequested")
                                .drop(DEREGISTRATION, "EndEvent_RequestTold")
                                .drop(DEREGISTRATION, "Flow_RequestTold")));
    }

    private static List<Arguments> eventSubProcesses() {
        return List.of(
                edit(
                        "time ends the confirmation's sub-process",
                        "StartEvent_Beside",
                        edit -> confirmIn(edit, beside("", timer("PT1H"), ""))),
                edit(
                        "time ends the verification",
                        "StartEvent_Beside",
                        edit -> edit.add(VERIFICATION, beside("", timer("PT10S"), ""))),
                edit(
                        "an event sub-process swallows that nobody was verified",
                        "StartEvent_Beside",
                        edit -> edit.add(
                                VERIFICATION,
                                beside(
                                        "",
                                        "<bpmn:errorEventDefinition id=\"Beside_1\" errorRef=\"Error_NotVerified\" />",
                                        ""))),
                edit(
                        "an event sub-process swallows the withdrawal",
                        "StartEvent_Beside",
                        edit -> edit.replace(
                                DEREGISTRATION + ".bpmn",
                                "<bpmn:sequenceFlow id=\"Flow_CoolingOffEntered\"",
                                beside(
                                                "",
                                                "<bpmn:errorEventDefinition id=\"Beside_1\" errorRef=\"Error_Withdrawn\" />",
                                                "")
                                        + "<bpmn:sequenceFlow id=\"Flow_CoolingOffEntered\"")),
                edit(
                        "an event sub-process seems to end all",
                        "EndEvent_Beside",
                        edit -> edit.add(
                                DEREGISTRATION,
                                beside(
                                        NOT_INTERRUPTING,
                                        timer("PT10S"),
                                        "<bpmn:terminateEventDefinition id=\"Beside_2\" />"))),
                edit("an event sub-process has no start", "SubProcess_Empty", edit -> edit.add(DEREGISTRATION, """
                        <bpmn:subProcess id="SubProcess_Empty" name="空" triggeredByEvent="true" />""")),
                edit(
                        "a flow leads through an event sub-process",
                        List.of("SubProcess_Beside", "ServiceTask_RecordConsent"),
                        edit -> edit.add(
                                DEREGISTRATION,
                                beside(NOT_INTERRUPTING, timer("PT10S"), "")
                                        + flow("ServiceTask_RecordConsent", "SubProcess_Beside")
                                        + flow("SubProcess_Beside", CLOSE))),
                edit(
                        "an error seems to interrupt nothing",
                        "BoundaryEvent_NotReady",
                        edit -> edit.change(
                                DEREGISTRATION,
                                "BoundaryEvent_NotReady",
                                " attachedToRef",
                                " cancelActivity=\"false\" attachedToRef")),
                edit("a timer is an error as well", "BoundaryEvent_Both", edit -> edit.add(DEREGISTRATION, """
                        <bpmn:boundaryEvent id="BoundaryEvent_Both" name="10 秒" attachedToRef="CallActivity_VerifyHolder">
                          <bpmn:timerEventDefinition id="Both_1"><bpmn:timeDuration>PT10S</bpmn:timeDuration></bpmn:timerEventDefinition>
                          <bpmn:errorEventDefinition id="Both_2" errorRef="Error_NotVerified" />
                        </bpmn:boundaryEvent>
                        <bpmn:sequenceFlow id="Flow_Both" sourceRef="BoundaryEvent_Both" targetRef="EndEvent_HolderNotVerified" />""")),
                toggled(DEREGISTRATION, "StartEvent_FirstWarningDue"),
                toggled(DEREGISTRATION, "StartEvent_TellingRequested"),
                toggled(ERASURE, "StartEvent_ProgressDue"),
                toggled(ERASURE, "StartEvent_TellingClosing"),
                toggled(ERASURE, "StartEvent_DataSetStuck"));
    }

    private static List<Arguments> collections() {
        return List.of(
                edit(
                        "the confirmation is asked for each of nothing",
                        "SubProcess_Confirm",
                        edit -> confirmIn(edit, EACH)),
                edit(
                        "the cooling-off is waited for each of nothing",
                        "SubProcess_CoolOff",
                        edit -> edit.replace(
                                DEREGISTRATION + ".bpmn",
                                "      <bpmn:startEvent id=\"StartEvent_CoolingOffEntered\"",
                                EACH + "<bpmn:startEvent id=\"StartEvent_CoolingOffEntered\"")),
                edit(
                        "an event sub-process is run for each",
                        "SubProcess_TellClosing",
                        edit -> edit.replace(
                                ERASURE + ".bpmn",
                                "<bpmn:startEvent id=\"StartEvent_TellingClosing\"",
                                EACH + "<bpmn:startEvent id=\"StartEvent_TellingClosing\"")),
                edit(
                        "one erased data set is enough",
                        "BoundaryEvent_OneErased",
                        edit -> edit.replace(
                                        ERASURE + ".bpmn",
                                        "<bpmn:terminateEventDefinition id=\"EndEvent_DataSetErased_Definition\" />",
                                        "<bpmn:errorEventDefinition id=\"EndEvent_DataSetErased_Definition\" errorRef=\"Error_One\" />")
                                .replace(
                                        ERASURE + ".bpmn",
                                        "</bpmn:process>",
                                        "</bpmn:process><bpmn:error id=\"Error_One\" name=\"一类\" errorCode=\"One\" />")
                                .change(
                                        ERASURE,
                                        "Flow_AllErased",
                                        "sourceRef=\"[^\"]*\"",
                                        "sourceRef=\"BoundaryEvent_OneErased\"")
                                .replace(ERASURE + ".bpmn", "      <bpmn:outgoing>Flow_AllErased</bpmn:outgoing>\n", "")
                                .replace(
                                        ERASURE + ".bpmn",
                                        "    <bpmn:serviceTask id=\"ServiceTask_IssueReceipt\"",
                                        """
                                        <bpmn:boundaryEvent id="BoundaryEvent_OneErased" name="一类已清除" attachedToRef="SubProcess_EraseDataSet"><bpmn:errorEventDefinition id="OneErased_1" errorRef="Error_One" /></bpmn:boundaryEvent>
                                        <bpmn:sequenceFlow id="Flow_Other" sourceRef="SubProcess_EraseDataSet" targetRef="ServiceTask_IssueReceipt" />
                                        <bpmn:serviceTask id="ServiceTask_IssueReceipt\"""")));
    }

    private static List<Arguments> answers() {
        return List.of(
                edit(
                        "silence at the confirmation's sub-process is a confirmation",
                        CLOSE,
                        edit -> confirmIn(edit, "")
                                .add(
                                        DEREGISTRATION,
                                        timer("BoundaryEvent_Silence", "SubProcess_Confirm", "PT1H")
                                                + flow("BoundaryEvent_Silence", "SubProcess_CoolOff"))),
                edit(
                        "who was told why not is verified",
                        List.of(CLOSE, "ServiceTask_RebindPhone"),
                        edit -> edit.redirect(VERIFICATION, "Flow_LimitSeen", "EndEvent_Verified")),
                edit(
                        "the confirmation comes before the notice",
                        List.of(CLOSE, "BoundaryEvent_CoolingOffOver", "SendTask_TellNotReady"),
                        edit -> edit.redirect(DEREGISTRATION, "Flow_Prepared", "CallActivity_VerifyHolder")
                                .redirect(DEREGISTRATION, "Flow_ConfirmedYes", "UserTask_ReadNotice")
                                .redirect(DEREGISTRATION, "Flow_ConsentRecorded", "SubProcess_CoolOff")),
                edit(
                        "who withdraws is closed",
                        CLOSE,
                        edit -> edit.redirect(DEREGISTRATION, "Flow_WithdrawnWhileCoolingOff", CLOSE)),
                edit(
                        "who withdraws has cooled off",
                        List.of(CLOSE, "EndEvent_CoolOffWithdrawn"),
                        edit -> edit.redirect(DEREGISTRATION, "Flow_CoolOffWithdrawn", "EndEvent_CooledOff")),
                edit(
                        "an error after the confirmation changes nothing",
                        List.of("ServiceTask_Again"),
                        edit -> edit.redirect(DEREGISTRATION, "Flow_CooledOff", "ServiceTask_Again")
                                .add(
                                        DEREGISTRATION,
                                        """
                                        <bpmn:serviceTask id="ServiceTask_Again" name="再发一次" camunda:delegateExpression="${issueCodeDelegate}"><bpmn:extensionElements><camunda:inputOutput><camunda:inputParameter name="purpose">DEREGISTRATION</camunda:inputParameter></camunda:inputOutput></bpmn:extensionElements></bpmn:serviceTask>
                                        <bpmn:boundaryEvent id="BoundaryEvent_NotAgain" name="受限" attachedToRef="ServiceTask_Again"><bpmn:errorEventDefinition id="NotAgain_1" /></bpmn:boundaryEvent>"""
                                                + flow("BoundaryEvent_NotAgain", CLOSE)
                                                + flow("ServiceTask_Again", CLOSE))),
                edit(
                        "who withdraws beside the way is closed",
                        List.of("BoundaryEvent_Ask"),
                        edit -> edit.replace(
                                DEREGISTRATION + ".bpmn",
                                "<bpmn:sequenceFlow id=\"Flow_CoolingOffEntered\"",
                                notInterrupting("BoundaryEvent_Ask", "UserTask_CoolOff") + """
                                        <bpmn:userTask id="UserTask_Ask" name="冷静期撤回" camunda:assignee="${subject}" camunda:formRef="cool-off" camunda:formRefBinding="deployment" />
                                        <bpmn:endEvent id="EndEvent_Asked" name="已问" />"""
                                        + flow("BoundaryEvent_Ask", "UserTask_Ask")
                                        + flow("UserTask_Ask", "EndEvent_Asked")
                                        + "<bpmn:sequenceFlow id=\"Flow_CoolingOffEntered\"")),
                edit(
                        "a call of the same name elsewhere says what the code proves",
                        CLOSE,
                        edit -> edit.replace(
                                        DEREGISTRATION + ".bpmn",
                                        "sourceExpression=\"DEREGISTRATION\"",
                                        "sourceExpression=\"NEW_PHONE\"")
                                .redirect("deregistration-preparation", "Flow_Settled", "CallActivity_VerifyHolder")
                                .add(
                                        "deregistration-preparation",
                                        """
                                        <bpmn:callActivity id="CallActivity_VerifyHolder" name="验证" calledElement="verification-code" camunda:calledElementBinding="deployment"><bpmn:extensionElements>
                                          <camunda:in businessKey="#{execution.processBusinessKey}" /><camunda:in source="subject" target="subject" /><camunda:in sourceExpression="DEREGISTRATION" target="purpose" />
                                        </bpmn:extensionElements></bpmn:callActivity>
                                        <bpmn:boundaryEvent id="BoundaryEvent_NotVerified" name="未通过" attachedToRef="CallActivity_VerifyHolder"><bpmn:errorEventDefinition id="NotVerified_1" /></bpmn:boundaryEvent>"""
                                                + flow("CallActivity_VerifyHolder", "ServiceTask_CheckOrders")
                                                + flow("BoundaryEvent_NotVerified", "EndEvent_Withdrawn"))));
    }

    private static List<Arguments> cutShort() {
        return List.of(
                edit(
                        "what was begun before ends the request after the closing",
                        "BoundaryEvent_Begun",
                        edit -> edit.add(
                                DEREGISTRATION,
                                notInterrupting("BoundaryEvent_Begun", "UserTask_ReadNotice") + """
                                        <bpmn:intermediateCatchEvent id="IntermediateCatchEvent_Later" name="1 小时后"><bpmn:timerEventDefinition id="Later_1"><bpmn:timeDuration>PT1H</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>"""
                                        + flow("BoundaryEvent_Begun", "IntermediateCatchEvent_Later")
                                        + flow("IntermediateCatchEvent_Later", "EndEvent_RequestLapsed"))),
                edit(
                        "what was begun before ends the request through a call",
                        "BoundaryEvent_Begun",
                        edit -> edit.add(
                                DEREGISTRATION,
                                notInterrupting("BoundaryEvent_Begun", "UserTask_ReadNotice") + """
                                        <bpmn:callActivity id="CallActivity_Beside" name="清除" calledElement="deregistration-preparation" camunda:calledElementBinding="deployment"><bpmn:extensionElements><camunda:in businessKey="#{execution.processBusinessKey}" /><camunda:in source="subject" target="subject" /><camunda:in source="message" target="message" /></bpmn:extensionElements></bpmn:callActivity>
                                        <bpmn:boundaryEvent id="BoundaryEvent_Failed" name="未成" attachedToRef="CallActivity_Beside"><bpmn:errorEventDefinition id="Failed_1" /></bpmn:boundaryEvent>
                                        <bpmn:endEvent id="EndEvent_Beside" name="已备好" />"""
                                        + flow("BoundaryEvent_Begun", "CallActivity_Beside")
                                        + flow("CallActivity_Beside", "EndEvent_Beside")
                                        + flow("BoundaryEvent_Failed", "EndEvent_RequestLapsed"))),
                edit(
                        "the account is closed beside the cooling-off",
                        List.of("BoundaryEvent_Begun"),
                        edit -> edit.add(
                                DEREGISTRATION,
                                notInterrupting("BoundaryEvent_Begun", "SubProcess_CoolOff")
                                        + flow("BoundaryEvent_Begun", CLOSE))),
                edit(
                        "one of two branches ends the request after the closing",
                        "Gateway_Fork",
                        edit -> edit.redirect(DEREGISTRATION, "Flow_ConsentRecorded", "Gateway_Fork")
                                .add(
                                        DEREGISTRATION,
                                        """
                                        <bpmn:parallelGateway id="Gateway_Fork" />
                                        <bpmn:sendTask id="SendTask_Branch" name="提醒" camunda:delegateExpression="${warnStaffDelegate}" />"""
                                                + flow("Gateway_Fork", "CallActivity_VerifyHolder")
                                                + flow("Gateway_Fork", "SendTask_Branch")
                                                + flow("SendTask_Branch", "EndEvent_RequestLapsed"))),
                edit(
                        "a task has two ways out, and one ends the request after the closing",
                        "ServiceTask_RecordConsent",
                        edit -> edit.add(DEREGISTRATION, flow("ServiceTask_RecordConsent", "EndEvent_RequestLapsed"))),
                edit("time ends the closing before the erasure", CLOSE, edit -> closeIn(edit, timer("PT1M"))),
                edit(
                        "staff end the closing before the erasure",
                        "StartEvent_Stop",
                        edit -> closeIn(
                                edit,
                                "<bpmn:errorEventDefinition id=\"Stop_1\" errorRef=\"Error_Withdrawn\" />",
                                """
                                <bpmn:subProcess id="SubProcess_Stop" name="叫停" triggeredByEvent="true">
                                  <bpmn:startEvent id="StartEvent_Stop" name="10 秒" isInterrupting="false"><bpmn:timerEventDefinition id="Stop_2"><bpmn:timeDuration>PT10S</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:startEvent>
                                  <bpmn:endEvent id="EndEvent_Stopped" name="已叫停"><bpmn:errorEventDefinition id="Stop_3" errorRef="Error_Withdrawn" /></bpmn:endEvent>
                                """ + flow("StartEvent_Stop", "EndEvent_Stopped") + "</bpmn:subProcess>")));
    }

    static Stream<Arguments> harmless() {
        return Stream.of(
                arguments("the confirmation in a sub-process", (Consumer<ModelEdit>) edit -> confirmIn(edit, "")),
                arguments("a reminder beside the way", (Consumer<ModelEdit>)
                        edit -> edit.add(DEREGISTRATION, beside(NOT_INTERRUPTING, timer("PT10S"), ""))),
                arguments("two reminders at once", (Consumer<ModelEdit>)
                        edit -> edit.redirect(DEREGISTRATION, "Flow_ConsentRecorded", "SubProcess_Remind")
                                .add(
                                        DEREGISTRATION,
                                        """
                                        <bpmn:subProcess id="SubProcess_Remind" name="提醒">
                                          <bpmn:startEvent id="StartEvent_Remind" name="开始" />
                                          <bpmn:parallelGateway id="Gateway_Fork" />
                                          <bpmn:sendTask id="SendTask_One" name="提醒客服" camunda:delegateExpression="${warnStaffDelegate}" />
                                          <bpmn:sendTask id="SendTask_Two" name="再提醒客服" camunda:delegateExpression="${warnStaffDelegate}" />
                                          <bpmn:endEvent id="EndEvent_Reminded" name="已提醒" />
                                        """
                                                + flow("StartEvent_Remind", "Gateway_Fork")
                                                + flow("Gateway_Fork", "SendTask_One")
                                                + flow("Gateway_Fork", "SendTask_Two")
                                                + flow("SendTask_One", "EndEvent_Reminded")
                                                + flow("SendTask_Two", "EndEvent_Reminded")
                                                + "</bpmn:subProcess>"
                                                + flow("SubProcess_Remind", "CallActivity_VerifyHolder"))));
    }

    private static ModelEdit asynchronous(ModelEdit edit, String process, String element) {
        return edit.change(process, element, ">$", " camunda:asyncBefore=\"true\">");
    }

    /** The confirmation in a sub-process, with something else in it. */
    private static ModelEdit confirmIn(ModelEdit edit, String other) {
        return edit.redirect(DEREGISTRATION, "Flow_HolderVerified", "SubProcess_Confirm")
                .drop(DEREGISTRATION, CONFIRM)
                .drop(DEREGISTRATION, "BoundaryEvent_ConfirmationLapsed")
                .drop(DEREGISTRATION, "Gateway_Confirmed")
                .drop(DEREGISTRATION, "Flow_ConfirmationGiven")
                .drop(DEREGISTRATION, "Flow_ConfirmationLapsed")
                .drop(DEREGISTRATION, "Flow_ConfirmedYes")
                .drop(DEREGISTRATION, "Flow_ConfirmedNo")
                .add(
                        DEREGISTRATION,
                        """
                        <bpmn:subProcess id="SubProcess_Confirm" name="确认">
                          %s
                          <bpmn:startEvent id="StartEvent_Confirm" name="开始" />
                          <bpmn:userTask id="UserTask_ConfirmDeregistration" name="最终确认" camunda:assignee="${subject}" camunda:formRef="confirm-deregistration" camunda:formRefBinding="deployment" />
                          <bpmn:exclusiveGateway id="Gateway_Confirmed" name="确认注销？" default="Flow_ConfirmedNo" />
                          <bpmn:endEvent id="EndEvent_Confirmed" name="已确认" />
                          <bpmn:endEvent id="EndEvent_NotConfirmed" name="撤回"><bpmn:errorEventDefinition id="NotConfirmed_1" errorRef="Error_Withdrawn" /></bpmn:endEvent>
                          <bpmn:sequenceFlow id="Flow_Confirm" sourceRef="StartEvent_Confirm" targetRef="UserTask_ConfirmDeregistration" />
                          <bpmn:sequenceFlow id="Flow_ConfirmationGiven" sourceRef="UserTask_ConfirmDeregistration" targetRef="Gateway_Confirmed" />
                          <bpmn:sequenceFlow id="Flow_ConfirmedYes" name="确认" sourceRef="Gateway_Confirmed" targetRef="EndEvent_Confirmed"><bpmn:conditionExpression>${choice == 'CONFIRM'}</bpmn:conditionExpression></bpmn:sequenceFlow>
                          <bpmn:sequenceFlow id="Flow_ConfirmedNo" name="撤回" sourceRef="Gateway_Confirmed" targetRef="EndEvent_NotConfirmed" />
                        </bpmn:subProcess>
                        <bpmn:boundaryEvent id="BoundaryEvent_NotConfirmed" name="撤回" attachedToRef="SubProcess_Confirm"><bpmn:errorEventDefinition id="NotConfirmed_2" errorRef="Error_Withdrawn" /></bpmn:boundaryEvent>
                        """.formatted(other)
                                + flow("BoundaryEvent_NotConfirmed", "EndEvent_RequestWithdrawn")
                                + timer("BoundaryEvent_ConfirmationLapsed", "SubProcess_Confirm", "PT24H")
                                + flow("BoundaryEvent_ConfirmationLapsed", "EndEvent_RequestLapsed")
                                + flow("SubProcess_Confirm", "SubProcess_CoolOff"));
    }

    private static ModelEdit closeIn(ModelEdit edit, String definition) {
        return closeIn(edit, definition, "");
    }

    /** The closing and the erasure in a sub-process that an event ends, with something else in it. */
    private static ModelEdit closeIn(ModelEdit edit, String definition, String other) {
        return edit.redirect(DEREGISTRATION, "Flow_CooledOff", "SubProcess_Close")
                .drop(DEREGISTRATION, CLOSE)
                .drop(DEREGISTRATION, "Flow_AccountClosed")
                .drop(DEREGISTRATION, "CallActivity_EraseData")
                .change(
                        DEREGISTRATION,
                        "BoundaryEvent_NotReady",
                        "attachedToRef=\"[^\"]*\"",
                        "attachedToRef=\"SubProcess_Close\"")
                .change(DEREGISTRATION, "Flow_DataErased", "sourceRef=\"[^\"]*\"", "sourceRef=\"SubProcess_Close\"")
                .add(
                        DEREGISTRATION,
                        """
                        <bpmn:subProcess id="SubProcess_Close" name="关闭">
                          %s
                          <bpmn:startEvent id="StartEvent_Close" name="开始" />
                          <bpmn:serviceTask id="ServiceTask_CloseAccount" name="关闭账户" camunda:delegateExpression="${closeAccountDelegate}" />
                          <bpmn:callActivity id="CallActivity_EraseData" name="清除" calledElement="data-erasure" camunda:calledElementBinding="deployment"><bpmn:extensionElements>
                            <camunda:in businessKey="#{execution.processBusinessKey}" /><camunda:in source="subject" target="subject" />
                          </bpmn:extensionElements></bpmn:callActivity>
                          <bpmn:endEvent id="EndEvent_Closed" name="已清除" />
                          <bpmn:sequenceFlow id="Flow_Close" sourceRef="StartEvent_Close" targetRef="ServiceTask_CloseAccount" />
                          <bpmn:sequenceFlow id="Flow_AccountClosed" sourceRef="ServiceTask_CloseAccount" targetRef="CallActivity_EraseData" />
                          <bpmn:sequenceFlow id="Flow_Closed" sourceRef="CallActivity_EraseData" targetRef="EndEvent_Closed" />
                        </bpmn:subProcess>
                        <bpmn:boundaryEvent id="BoundaryEvent_Stopped" name="停" attachedToRef="SubProcess_Close">%s</bpmn:boundaryEvent>
                        """.formatted(other, definition) + flow("BoundaryEvent_Stopped", "EndEvent_RequestLapsed"));
    }

    private static String beside(String interrupting, String definition, String end) {
        return """
                <bpmn:subProcess id="SubProcess_Beside" name="旁路" triggeredByEvent="true">
                  <bpmn:startEvent id="StartEvent_Beside" name="开始"%s>%s</bpmn:startEvent>
                  <bpmn:endEvent id="EndEvent_Beside" name="结束">%s</bpmn:endEvent>
                  %s
                </bpmn:subProcess>""".formatted(interrupting, definition, end, flow("StartEvent_Beside", "EndEvent_Beside"));
    }

    private static String notInterrupting(String id, String task) {
        return timer(id, task, "PT1S").replace(" attachedToRef", " cancelActivity=\"false\" attachedToRef");
    }

    private static String timer(String id, String task, String duration) {
        return """
                <bpmn:boundaryEvent id="%s" name="到时" attachedToRef="%s">%s</bpmn:boundaryEvent>""".formatted(id, task, timer(duration).replace("Timer_1", id + "_1"));
    }

    private static String timer(String duration) {
        return "<bpmn:timerEventDefinition id=\"Timer_1\"><bpmn:timeDuration>" + duration
                + "</bpmn:timeDuration></bpmn:timerEventDefinition>";
    }

    private static String flow(String from, String to) {
        return "<bpmn:sequenceFlow id=\"Flow_" + from + "_" + to + "\" sourceRef=\"" + from + "\" targetRef=\"" + to
                + "\" />";
    }

    private static Arguments toggled(String process, String start) {
        return edit(start + " interrupts", start, edit -> edit.change(process, start, NOT_INTERRUPTING, ""));
    }

    private static Arguments edit(String what, String element, Consumer<ModelEdit> edit) {
        return edit(what, List.of(element), edit);
    }

    private static Arguments edit(String what, List<String> elements, Consumer<ModelEdit> edit) {
        return arguments(what, elements, edit);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("edits")
    @DisplayName("a way around is refused, and nothing but the element to blame is named")
    void aWayAroundIsRefused(String what, List<String> elements, Consumer<ModelEdit> edit) {
        ModelEdit edited = new ModelEdit();
        edit.accept(edited);

        List<Finding> findings = guard.findings(edited.files());

        assertThat(findings)
                .as(findings::toString)
                .extracting(Finding::element)
                .containsOnly(elements.toArray(String[]::new));
        assertThat(findings)
                .allSatisfy(finding -> assertThat(finding.text()).contains("请").endsWith("。"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("harmless")
    @DisplayName("what goes around nothing is accepted")
    void whatGoesAroundNothingIsAccepted(String what, Consumer<ModelEdit> edit) {
        ModelEdit edited = new ModelEdit();
        edit.accept(edited);

        assertThat(guard.findings(edited.files())).isEmpty();
    }
}
