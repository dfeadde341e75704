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

/** What is safe where it is shipped, and no longer so once it is moved, said otherwise, or left without what belongs to it. */
@ApplicationTest
class UnsafeContextsTest {

    private static final String DEREGISTRATION = "account-deregistration";
    private static final String PREPARATION = "deregistration-preparation";
    private static final String ERASURE = "data-erasure";
    private static final String VERIFICATION = "verification-code";
    private static final String UNBINDING = "phone-unbinding";
    private static final String CONTEST = "contested-request";
    private static final String CLOSE = "ServiceTask_CloseAccount";
    private static final String RECORD = "ServiceTask_RecordFailure";

    @Autowired
    DeploymentGuard guard;

    static Stream<Arguments> edits() {
        return Stream.of(elsewhere(), beside(), forEver(), written(), asked()).flatMap(List::stream);
    }

    private static List<Arguments> elsewhere() {
        return List.of(
                edit(
                        "another question is taken for the confirmation",
                        List.of(CLOSE),
                        edit -> edit.redirect(DEREGISTRATION, "Flow_ConsentRecorded", "UserTask_ConfirmDeregistration")
                                .redirect(DEREGISTRATION, "Flow_ConfirmedYes", "CallActivity_VerifyHolder")
                                .redirect(DEREGISTRATION, "Flow_HolderVerified", "SubProcess_CoolOff")
                                .redirect(VERIFICATION, "Flow_CodeAcceptedYes", "UserTask_ReadVerified")
                                .form(
                                        "read-verified",
                                        "renew-code",
                                        form -> form.replace("RESEND", "CONFIRM")
                                                .replace("GIVE_UP", "STOP"))
                                .add(
                                        VERIFICATION,
                                        task("UserTask_ReadVerified", "验证通过", "read-verified")
                                                + timer("BoundaryEvent_Seen", "UserTask_ReadVerified", "PT10M")
                                                + flow("BoundaryEvent_Seen", "EndEvent_Lapsed")
                                                + gateway("Gateway_Read", "重新发送？", "Flow_Stop")
                                                + flow("UserTask_ReadVerified", "Gateway_Read")
                                                + flow(
                                                        "Flow_On",
                                                        "重新获取验证码",
                                                        "Gateway_Read",
                                                        "EndEvent_Verified",
                                                        "choice == 'CONFIRM'")
                                                + flow("Flow_Stop", "放弃", "Gateway_Read", "EndEvent_GivenUp", ""))),
                edit(
                        "a reminder of contests before the erasure",
                        List.of("SendTask_Remind"),
                        edit -> edit.redirect(DEREGISTRATION, "Flow_AccountClosed", "SendTask_Remind")
                                .add(
                                        DEREGISTRATION,
                                        send("SendTask_Remind", "remindStaffDelegate")
                                                + flow("SendTask_Remind", "CallActivity_EraseData"))),
                edit(
                        "a warning of a deregistration before the notice of a new number",
                        List.of("SendTask_Warn"),
                        edit -> edit.redirect(UNBINDING, "Flow_PhoneChosen", "SendTask_Warn")
                                .add(
                                        UNBINDING,
                                        send("SendTask_Warn", "warnStaffDelegate")
                                                + flow("SendTask_Warn", "ServiceTask_NotifyBothNumbers"))),
                edit(
                        "a request that is opened by a job",
                        List.of("StartEvent_PhoneChangeRequested"),
                        edit -> edit.change(
                                UNBINDING,
                                "StartEvent_PhoneChangeRequested",
                                " camunda:formRef=",
                                " camunda:asyncBefore=\"true\" camunda:formRef=")),
                edit(
                        "a warning of a request that was refused",
                        List.of("SendTask_Warn", "IntermediateCatchEvent_SecondWarningDue"),
                        edit -> edit.redirect(DEREGISTRATION, "Flow_Restricted", "SendTask_Warn")
                                .add(
                                        DEREGISTRATION,
                                        send("SendTask_Warn", "warnStaffDelegate")
                                                + flow("SendTask_Warn", "EndEvent_AccountRestricted"))),
                edit(
                        "what is due is purged if somebody approves",
                        List.of("retention-purge"),
                        edit -> edit.redirect("retention-purge", "Flow_PurgeDue", "UserTask_Approve")
                                .add(
                                        "retention-purge",
                                        """
                                        <bpmn:userTask id="UserTask_Approve" name="批准清理" camunda:candidateGroups="support" camunda:formRef="handle-contest" camunda:formRefBinding="deployment" />"""
                                                + timer("BoundaryEvent_Late", "UserTask_Approve", "P30D")
                                                + flow("UserTask_Approve", "ServiceTask_PurgeRetained")
                                                + flow("BoundaryEvent_Late", "EndEvent_RetainedPurged"))),
                edit(
                        "what is due is never purged",
                        List.of("retention-purge"),
                        edit -> edit.replaceAll(
                                "retention-purge.bpmn",
                                "(?s)<bpmn:timerEventDefinition id=\"StartEvent_PurgeDue_Definition\">.*?</bpmn:timerEventDefinition>",
                                "")));
    }

    private static List<Arguments> beside() {
        return List.of(
                edit(
                        "the notice of the request goes with the closing",
                        List.of("StartEvent_TellingRequested"),
                        UnsafeContextsTest::toldWithTheClosing),
                edit(
                        "the notice of the request is behind a question",
                        List.of("StartEvent_TellingRequested", "Gateway_Tell"),
                        edit -> edit.redirect(DEREGISTRATION, "Flow_TellingRequested", "Gateway_Tell")
                                .addBefore(
                                        DEREGISTRATION,
                                        "Flow_TellingRequested",
                                        gateway("Gateway_Tell", "本人？", "Flow_TellNot")
                                                + send("SendTask_WarnFirst", "warnStaffDelegate")
                                                + flow(
                                                        "Flow_Tell",
                                                        "是",
                                                        "Gateway_Tell",
                                                        "SendTask_TellRequested",
                                                        "subject == 'nobody'")
                                                + flow("Flow_TellNot", "否", "Gateway_Tell", "SendTask_WarnFirst", "")
                                                + flow("SendTask_WarnFirst", "Gateway_Tell"))),
                edit(
                        "the notice of the closing goes with that of the request",
                        List.of("SendTask_Closing", "StartEvent_TellingRequested"),
                        edit -> edit.drop(ERASURE, "SubProcess_TellClosing")
                                .redirect(DEREGISTRATION, "Flow_RequestTold", "SendTask_Closing")
                                .addBefore(
                                        DEREGISTRATION,
                                        "Flow_RequestTold",
                                        send("SendTask_Closing", "tellClosingDelegate")
                                                + flow("SendTask_Closing", "EndEvent_RequestTold"))),
                edit(
                        "only of one kind of data staff hear that it is stuck",
                        List.of(RECORD, "Gateway_Who"),
                        edit -> edit.redirect(ERASURE, "Flow_FailureRecorded", "Gateway_Who")
                                .addBefore(
                                        ERASURE,
                                        "Flow_FailureRecorded",
                                        gateway("Gateway_Who", "订单？", "Flow_Rest")
                                                + flow(
                                                        "Flow_Orders",
                                                        "是",
                                                        "Gateway_Who",
                                                        "UserTask_HandleStuckErasure",
                                                        "dataSet == 'orders'")
                                                + flow(
                                                        "Flow_Rest",
                                                        "否",
                                                        "Gateway_Who",
                                                        "IntermediateCatchEvent_StillStuck",
                                                        ""))),
                edit(
                        "nothing is tried again by itself",
                        List.of(RECORD),
                        edit -> edit.redirect(ERASURE, "Flow_StuckUnhandled", "UserTask_HandleStuckErasure")),
                edit(
                        "the watch outlasts the erasure",
                        List.of("EndEvent_DataSetErased", "EndEvent_DataErased"),
                        edit -> edit.replace(
                                        ERASURE + ".bpmn",
                                        "<bpmn:terminateEventDefinition id=\"EndEvent_DataSetErased_Definition\" />",
                                        "")
                                .replace(
                                        ERASURE + ".bpmn",
                                        "<bpmn:terminateEventDefinition id=\"EndEvent_DataErased_Definition\" />",
                                        "")),
                edit(
                        "a reminder outlasts the new number",
                        List.of("EndEvent_PhoneRebound"),
                        edit -> edit.addBefore(
                                UNBINDING,
                                "Flow_NewPhoneNeeded",
                                "<bpmn:boundaryEvent id=\"BoundaryEvent_Slow\" name=\"10 分钟\" cancelActivity=\"false\" attachedToRef=\"UserTask_EnterNewPhone\">"
                                        + duration("Slow_1", "PT10M")
                                        + "</bpmn:boundaryEvent>"
                                        + later("IntermediateCatchEvent_Later", "P1D")
                                        + "<bpmn:endEvent id=\"EndEvent_Slow\" name=\"已记录\" />"
                                        + flow("BoundaryEvent_Slow", "IntermediateCatchEvent_Later")
                                        + flow("IntermediateCatchEvent_Later", "EndEvent_Slow"))),
                edit(
                        "what is stuck is the holder's to mend",
                        List.of(RECORD),
                        edit -> edit.change(
                                ERASURE,
                                "UserTask_HandleStuckErasure",
                                "camunda:candidateGroups=\"support\"",
                                "camunda:assignee=\"${subject}\"")),
                edit(
                        "what is stuck is reported after 30 days",
                        List.of("StartEvent_DataSetStuck"),
                        edit -> edit.redirect(ERASURE, "Flow_DataSetStuck", "IntermediateCatchEvent_Later")
                                .addBefore(
                                        ERASURE,
                                        "Flow_DataSetStuck",
                                        later("IntermediateCatchEvent_Later", "P30D")
                                                + flow("IntermediateCatchEvent_Later", RECORD))),
                edit(
                        "what is stuck waits 30 days for staff",
                        List.of(RECORD),
                        edit -> edit.replaceAll(
                                ERASURE + ".bpmn",
                                "(id=\"BoundaryEvent_StuckUnhandled_Definition\"><bpmn:timeDuration[^>]*>)PT24H",
                                "$1P30D")),
                edit(
                        "what is stuck reaches nobody",
                        List.of(RECORD),
                        edit -> edit.redirect(ERASURE, "Flow_FailureRecorded", "ServiceTask_RetryErasure")
                                .drop(ERASURE, "Flow_StuckHandled")
                                .drop(ERASURE, "Flow_StuckUnhandled")
                                .drop(ERASURE, "BoundaryEvent_StuckUnhandled")
                                .drop(ERASURE, "UserTask_HandleStuckErasure")),
                edit(
                        "what is stuck is not tried again",
                        List.of(RECORD),
                        edit -> edit.redirect(ERASURE, "Flow_StuckHandled", "IntermediateCatchEvent_StillStuck")));
    }

    private static List<Arguments> forEver() {
        return List.of(
                edit(
                        "a closed account waits in circles",
                        List.of("Gateway_Done"),
                        edit -> edit.redirect(DEREGISTRATION, "Flow_AccountClosed", "Gateway_Done")
                                .add(
                                        DEREGISTRATION,
                                        gateway("Gateway_Done", "有过冷静期？", "Flow_DoneNo")
                                                + later("IntermediateCatchEvent_Hour", "PT1H")
                                                + flow(
                                                        "Flow_DoneYes",
                                                        "有",
                                                        "Gateway_Done",
                                                        "CallActivity_EraseData",
                                                        "coolingOff")
                                                + flow(
                                                        "Flow_DoneNo",
                                                        "没有",
                                                        "Gateway_Done",
                                                        "IntermediateCatchEvent_Hour",
                                                        "")
                                                + flow("IntermediateCatchEvent_Hour", "Gateway_Done"))),
                edit(
                        "a closed account makes the same mail again and again",
                        List.of("Gateway_Done"),
                        edit -> edit.redirect(DEREGISTRATION, "Flow_AccountClosed", "Gateway_Done")
                                .add(
                                        DEREGISTRATION,
                                        gateway("Gateway_Done", "有过冷静期？", "Flow_DoneNo")
                                                + send("SendTask_Warn", "warnStaffDelegate")
                                                + flow(
                                                        "Flow_DoneYes",
                                                        "有",
                                                        "Gateway_Done",
                                                        "CallActivity_EraseData",
                                                        "coolingOff")
                                                + flow("Flow_DoneNo", "没有", "Gateway_Done", "SendTask_Warn", "")
                                                + flow("SendTask_Warn", "Gateway_Done"))),
                edit(
                        "the next part of an erasure never comes",
                        List.of("ServiceTask_Erase", "Gateway_Complete"),
                        edit -> edit.redirect(ERASURE, "Flow_CompleteNo", "SendTask_Warn")
                                .addBefore(
                                        ERASURE,
                                        "Flow_CompleteNo",
                                        send("SendTask_Warn", "warnStaffDelegate")
                                                + flow("SendTask_Warn", "Gateway_Complete"))),
                edit(
                        "two answers that are the same",
                        List.of("Gateway_Same"),
                        edit -> edit.redirect(ERASURE, "Flow_AbsenceVerified", "Gateway_Same")
                                .addBefore(
                                        ERASURE,
                                        "Flow_AbsenceVerified",
                                        "<bpmn:exclusiveGateway id=\"Gateway_Same\" name=\"完成？\" />"
                                                + send("SendTask_Warn", "warnStaffDelegate")
                                                + flow("Flow_One", "否", "Gateway_Same", "SendTask_Warn", "!complete")
                                                + flow(
                                                        "Flow_Two",
                                                        "否",
                                                        "Gateway_Same",
                                                        "EndEvent_DataSetErased",
                                                        "!complete")
                                                + flow("SendTask_Warn", "EndEvent_DataSetErased"))),
                edit(
                        "a contest that never ends by itself",
                        List.of("UserTask_HandleContest"),
                        edit -> edit.redirect(CONTEST, "Flow_RestrictionOver", "UserTask_HandleContest")
                                .drop(CONTEST, "EndEvent_RestrictionOver")),
                edit(
                        "a process that calls itself",
                        List.of("CallActivity_Again", "BoundaryEvent_PreparationLapsed"),
                        edit -> edit.redirect(PREPARATION, "Flow_ResolutionCheckAgain", "CallActivity_Again")
                                .drop(PREPARATION, "Flow_OpenItemsLapsed")
                                .drop(PREPARATION, "BoundaryEvent_OpenItemsLapsed")
                                .drop(PREPARATION, "EndEvent_Lapsed")
                                .add(PREPARATION, """
                                        <bpmn:callActivity id="CallActivity_Again" name="再准备" calledElement="deregistration-preparation" camunda:calledElementBinding="deployment"><bpmn:extensionElements><camunda:in businessKey="#{execution.processBusinessKey}" /><camunda:in source="subject" target="subject" /><camunda:in source="message" target="message" /></bpmn:extensionElements></bpmn:callActivity>""" + flow("CallActivity_Again", "EndEvent_Prepared"))));
    }

    private static List<Arguments> written() {
        return List.of(
                edit(
                        "a flag is compared with a number",
                        List.of("Flow_BeforeYes"),
                        edit -> comparesAfterTheClosing(edit, "coolingOff == 1")),
                edit(
                        "a text is asked whether it is true",
                        List.of("Flow_BeforeYes"),
                        edit -> comparesAfterTheClosing(edit, "subject")),
                edit(
                        "an attribute that the engine reads otherwise",
                        List.of("ServiceTask_Erase"),
                        edit -> edit.change(
                                ERASURE, "ServiceTask_Erase", "asyncBefore=\"true\"", "asyncBefore=\"TRUE\"")),
                edit(
                        "a purpose beside the business key, which the engine does not read",
                        List.of("CallActivity_VerifyHolder"),
                        edit -> edit.replaceAll(
                                DEREGISTRATION + ".bpmn",
                                "(?s)(id=\"CallActivity_VerifyHolder\".*?<camunda:in businessKey=\"#\\{execution.processBusinessKey}\")( />.*?sourceExpression=\")DEREGISTRATION",
                                "$1 sourceExpression=\"DEREGISTRATION\" target=\"purpose\"$2PHONE_UNBINDING")),
                edit(
                        "a default flow of another gateway",
                        List.of("Gateway_Complete"),
                        edit -> edit.change(
                                        ERASURE,
                                        "Gateway_Complete",
                                        "default=\"Flow_CompleteNo\"",
                                        "default=\"Flow_AbsenceVerified\"")
                                .replaceAll(
                                        ERASURE + ".bpmn",
                                        "(<bpmn:sequenceFlow id=\"Flow_CompleteNo\"[^>]*) />",
                                        "$1><bpmn:conditionExpression>\\${dataSet == 'orders'}</bpmn:conditionExpression></bpmn:sequenceFlow>")));
    }

    private static List<Arguments> asked() {
        return List.of(
                edit(
                        "the new number stands where nobody sees it",
                        List.of("confirm-unbinding.form"),
                        edit -> edit.replace(
                                "confirm-unbinding.form",
                                "新号码 **{{maskedTarget}}** 已验证。",
                                "新号码已验证。\\n\\n[1]: / \\\"{{maskedTarget}}\\\"\\n\\n")),
                edit(
                        "the confirmation says that it is none",
                        List.of("confirm-deregistration.form"),
                        edit -> edit.replace(
                                "confirm-deregistration.form", "\"label\": \"确认注销\"", "\"label\": \"不确认注销，保留账户\"")),
                edit(
                        "two options mean the same",
                        List.of("confirm-deregistration.form"),
                        edit -> edit.replaceAll(
                                "confirm-deregistration.form",
                                "(\\{\\s*\"label\": \"确认注销\",)",
                                "{\"label\": \"撤回申请\", \"value\": \"CONFIRM\"}, $1")),
                edit(
                        "the confirmation takes itself back",
                        List.of("confirm-deregistration.form"),
                        edit -> edit.replace(
                                "confirm-deregistration.form", "\"label\": \"确认注销\"", "\"label\": \"确认注销申请作废，保留账户\"")),
                edit(
                        "the withdrawal says that it is none",
                        List.of("confirm-deregistration.form"),
                        edit -> edit.replace(
                                "confirm-deregistration.form", "\"label\": \"撤回申请，保留账户\"", "\"label\": \"不撤回，继续注销\"")),
                edit(
                        "answers are swapped that are nearly alike",
                        List.of("Flow_OwnActionYes"),
                        edit -> edit.change(CONTEST, "Flow_OwnActionYes", "name=\"本人操作\"", "name=\"非本人操作\"")
                                .change(CONTEST, "Flow_OwnActionNo", "name=\"非本人操作\"", "name=\"本人操作\"")),
                edit(
                        "a field is hidden by what the server does not know",
                        List.of("enter-code.form"),
                        edit -> edit.replace(
                                "enter-code.form",
                                "\"hide\": \"=choice != \\\"SUBMIT\\\"\"",
                                "\"hide\": \"=maskedTarget = null or choice != \\\"SUBMIT\\\"\"")),
                edit(
                        "options by an expression, which the server does not know",
                        List.of("read-deregistration-notice.form"),
                        edit -> edit.replace(
                                "read-deregistration-notice.form",
                                "\"valuesKey\": \"channels\"",
                                "\"valuesExpression\": \"=channels\"")),
                edit(
                        "a pattern that browsers do not know",
                        List.of("enter-code.form"),
                        edit -> edit.replaceAll("enter-code.form", "\"pattern\": \"", "\"pattern\": \"(?i)")),
                edit(
                        "a code that is a number",
                        List.of("enter-code.form"),
                        edit -> edit.replaceAll("enter-code.form", "\"type\": \"textfield\"", "\"type\": \"number\"")));
    }

    static Stream<Arguments> harmless() {
        return Stream.of(
                arguments("two departments have four days each for a contest", (Consumer<ModelEdit>)
                        edit -> edit.replace(CONTEST + ".bpmn", ">P15D<", ">P4D<")
                                .redirect(CONTEST, "Flow_RestrictionOver", "UserTask_Again")
                                .add(
                                        CONTEST,
                                        """
                                        <bpmn:userTask id="UserTask_Again" name="再次核实异议" camunda:candidateGroups="process-owner" camunda:formRef="handle-contest" camunda:formRefBinding="deployment" />"""
                                                + timer("BoundaryEvent_Again", "UserTask_Again", "P4D")
                                                + flow("BoundaryEvent_Again", "EndEvent_RestrictionOver")
                                                + flow("UserTask_Again", "Gateway_OwnAction"))),
                arguments("a reminder while staff look into a stuck erasure", (Consumer<ModelEdit>)
                        edit -> edit.addBefore(
                                ERASURE,
                                "Flow_StuckHandled",
                                "<bpmn:boundaryEvent id=\"BoundaryEvent_Remind\" name=\"4 小时\" cancelActivity=\"false\" attachedToRef=\"UserTask_HandleStuckErasure\">"
                                        + duration("Remind_1", "PT4H")
                                        + "</bpmn:boundaryEvent>"
                                        + send("SendTask_Remind", "warnStaffDelegate")
                                        + "<bpmn:endEvent id=\"EndEvent_Reminded\" name=\"已提醒\" />"
                                        + flow("BoundaryEvent_Remind", "SendTask_Remind")
                                        + flow("SendTask_Remind", "EndEvent_Reminded"))),
                arguments("a plain confirmation that says what can't be undone", (Consumer<ModelEdit>)
                        edit -> edit.replace(
                                "confirm-deregistration.form", "\"label\": \"确认注销\"", "\"label\": \"数据不可恢复，我确认注销\"")),
                arguments("a pattern with a bracket", (Consumer<ModelEdit>) edit -> edit.replace(
                        "enter-new-phone.form",
                        "\"validate\": {",
                        "\"validate\": { \"pattern\": \"^\\\\(?1[0-9]+$\",")),
                arguments("a gateway that asks something else before the withdrawal", (Consumer<ModelEdit>)
                        edit -> edit.redirect(DEREGISTRATION, "Flow_NoticeRead", "Gateway_Mail")
                                .add(
                                        DEREGISTRATION,
                                        gateway("Gateway_Mail", "发到邮箱？", "Flow_MailNo")
                                                + "<bpmn:sendTask id=\"SendTask_Warn\" name=\"提醒\" camunda:delegateExpression=\"${warnStaffDelegate}\" />"
                                                + flow(
                                                        "Flow_MailYes",
                                                        "邮箱",
                                                        "Gateway_Mail",
                                                        "SendTask_Warn",
                                                        "channel == 'EMAIL'")
                                                + flow(
                                                        "Flow_MailNo",
                                                        "短信",
                                                        "Gateway_Mail",
                                                        "Gateway_NoticeAccepted",
                                                        "")
                                                + flow("SendTask_Warn", "Gateway_NoticeAccepted"))),
                arguments("who withdraws is asked why", (Consumer<ModelEdit>)
                        edit -> edit.redirect(DEREGISTRATION, "Flow_ConfirmedNo", "UserTask_Why")
                                .form("why-withdrawn", "acknowledge-deregistration", form -> form)
                                .add(
                                        DEREGISTRATION,
                                        task("UserTask_Why", "说说撤回的原因", "why-withdrawn")
                                                + timer("BoundaryEvent_NotSaid", "UserTask_Why", "PT10M")
                                                + flow("BoundaryEvent_NotSaid", "EndEvent_RequestWithdrawn")
                                                + flow("UserTask_Why", "EndEvent_RequestWithdrawn"))));
    }

    private static void toldWithTheClosing(ModelEdit edit) {
        edit.replaceAll(
                        DEREGISTRATION + ".bpmn",
                        "(?s)(<bpmn:serviceTask id=\"ServiceTask_CloseAccount\".*?</bpmn:serviceTask>)(.*?)(<bpmn:subProcess id=\"SubProcess_TellRequested\".*?</bpmn:subProcess>)",
                        "<bpmn:subProcess id=\"SubProcess_Close\" name=\"关闭并通知\"><bpmn:startEvent id=\"StartEvent_Close\" name=\"开始\" />$1<bpmn:endEvent id=\"EndEvent_Closed\" name=\"已关闭\"><bpmn:terminateEventDefinition id=\"Closed_1\" /></bpmn:endEvent>"
                                + flow("StartEvent_Close", CLOSE)
                                + flow(CLOSE, "EndEvent_Closed")
                                + "$3</bpmn:subProcess>$2")
                .redirect(DEREGISTRATION, "Flow_CooledOff", "SubProcess_Close")
                .change(DEREGISTRATION, "Flow_AccountClosed", "sourceRef=\"[^\"]*\"", "sourceRef=\"SubProcess_Close\"")
                .change(
                        DEREGISTRATION,
                        "BoundaryEvent_NotReady",
                        "attachedToRef=\"[^\"]*\"",
                        "attachedToRef=\"SubProcess_Close\"")
                .replace(DEREGISTRATION + ".bpmn", "<bpmn:incoming>Flow_CooledOff</bpmn:incoming>", "")
                .replace(DEREGISTRATION + ".bpmn", "<bpmn:outgoing>Flow_AccountClosed</bpmn:outgoing>", "");
    }

    private static ModelEdit comparesAfterTheClosing(ModelEdit edit, String condition) {
        return edit.redirect(DEREGISTRATION, "Flow_AccountClosed", "Gateway_Before")
                .add(
                        DEREGISTRATION,
                        gateway("Gateway_Before", "有过冷静期？", "Flow_BeforeNo")
                                + send("SendTask_Warn", "warnStaffDelegate")
                                + flow("Flow_BeforeYes", "有", "Gateway_Before", "SendTask_Warn", condition)
                                + flow("Flow_BeforeNo", "没有", "Gateway_Before", "CallActivity_EraseData", "")
                                + flow("SendTask_Warn", "CallActivity_EraseData"));
    }

    private static String task(String id, String name, String form) {
        return "<bpmn:userTask id=\"" + id + "\" name=\"" + name
                + "\" camunda:assignee=\"${subject}\" camunda:formRef=\"" + form
                + "\" camunda:formRefBinding=\"deployment\" />";
    }

    private static String send(String id, String bean) {
        return "<bpmn:sendTask id=\"" + id + "\" name=\"提醒\" camunda:delegateExpression=\"${" + bean
                + "}\" camunda:asyncBefore=\"true\" />";
    }

    private static String timer(String id, String task, String duration) {
        return "<bpmn:boundaryEvent id=\"" + id + "\" name=\"到时\" attachedToRef=\"" + task + "\">"
                + duration(id + "_Definition", duration) + "</bpmn:boundaryEvent>";
    }

    private static String later(String id, String duration) {
        return "<bpmn:intermediateCatchEvent id=\"" + id + "\" name=\"之后\">" + duration(id + "_Definition", duration)
                + "</bpmn:intermediateCatchEvent>";
    }

    private static String duration(String id, String duration) {
        return "<bpmn:timerEventDefinition id=\"" + id + "\"><bpmn:timeDuration>" + duration
                + "</bpmn:timeDuration></bpmn:timerEventDefinition>";
    }

    private static String gateway(String id, String name, String standard) {
        return "<bpmn:exclusiveGateway id=\"" + id + "\" name=\"" + name + "\" default=\"" + standard + "\" />";
    }

    private static String flow(String source, String target) {
        return flow("Flow_" + source + "_" + target, "", source, target, "");
    }

    private static String flow(String id, String name, String source, String target, String condition) {
        String start = "<bpmn:sequenceFlow id=\"" + id + "\" name=\"" + name + "\" sourceRef=\"" + source
                + "\" targetRef=\"" + target + "\"";
        return condition.isEmpty()
                ? start + " />"
                : start + "><bpmn:conditionExpression>${" + condition
                        + "}</bpmn:conditionExpression></bpmn:sequenceFlow>";
    }

    private static Arguments edit(String what, List<String> elements, Consumer<ModelEdit> edit) {
        return arguments(what, elements, edit);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("edits")
    @DisplayName("it is refused, and nothing but the element to blame is named")
    void itIsRefused(String what, List<String> elements, Consumer<ModelEdit> edit) {
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
    @DisplayName("what takes nothing away is accepted")
    void whatTakesNothingAwayIsAccepted(String what, Consumer<ModelEdit> edit) {
        ModelEdit edited = new ModelEdit();
        edit.accept(edited);

        assertThat(guard.findings(edited.files())).isEmpty();
    }
}
