package org.accountsecurity.engine.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.accountsecurity.ApplicationTest;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What an owner could do to the shipped files, by mistake or not: each is refused, with the element that is to blame. */
@ApplicationTest
class UnsafeEditsTest {

    private static final String DEREGISTRATION = "account-deregistration";
    private static final String PREPARATION = "deregistration-preparation";
    private static final String ERASURE = "data-erasure";
    private static final String VERIFICATION = "verification-code";
    private static final String UNBINDING = "phone-unbinding";
    private static final String CLOSE = "ServiceTask_CloseAccount";
    private static final String REBIND = "ServiceTask_RebindPhone";
    private static final String DELEGATE = "camunda:delegateExpression=\"[^\"]*\"";

    @Autowired
    DeploymentGuard guard;

    @Autowired
    RepositoryService repository;

    static Stream<Arguments> edits() {
        return Stream.of(paths(), waitsAndAnswers(), code(), tricks(), forms(), tasks(), tables())
                .flatMap(List::stream);
    }

    private static List<Arguments> paths() {
        return List.of(
                edit(
                        "the verification is left out",
                        CLOSE,
                        edit -> edit.redirect(
                                DEREGISTRATION, "Flow_ConsentRecorded", "UserTask_ConfirmDeregistration")),
                edit(
                        "the verification is left out, and the task's own list of flows hides it",
                        CLOSE,
                        edit -> edit.change(
                                DEREGISTRATION,
                                "Flow_HolderVerified",
                                "sourceRef=\"[^\"]*\"",
                                "sourceRef=\"ServiceTask_RecordConsent\"")),
                edit(
                        "who does not answer has the account closed",
                        CLOSE,
                        edit -> edit.redirect(DEREGISTRATION, "Flow_NoticeLapsed", CLOSE)),
                edit(
                        "a failed verification goes on",
                        CLOSE,
                        edit -> edit.redirect(DEREGISTRATION, "Flow_NotVerified", "UserTask_ConfirmDeregistration")),
                edit(
                        "a verification that lapsed goes on",
                        CLOSE,
                        edit -> edit.redirect(
                                DEREGISTRATION, "Flow_VerificationLapsed", "UserTask_ConfirmDeregistration")),
                edit(
                        "whoever got no code is verified",
                        CLOSE,
                        edit -> edit.redirect(VERIFICATION, "Flow_LimitRead", "EndEvent_Verified")),
                edit(
                        "a wrong code is accepted",
                        CLOSE,
                        edit -> edit.redirect(VERIFICATION, "Flow_CodeAcceptedRetry", "EndEvent_Verified")),
                edit(
                        "only a refused code is accepted",
                        CLOSE,
                        edit -> edit.replace(
                                VERIFICATION + ".bpmn", "codeResult == 'ACCEPTED'", "codeResult == 'RETRY'")),
                edit(
                        "the code is not checked",
                        CLOSE,
                        edit -> edit.redirect(VERIFICATION, "Flow_CodeChoiceSubmit", "Gateway_CodeAccepted")),
                edit(
                        "the code proves another purpose",
                        CLOSE,
                        edit -> edit.replace(
                                DEREGISTRATION + ".bpmn",
                                "sourceExpression=\"DEREGISTRATION\"",
                                "sourceExpression=\"NEW_PHONE\"")),
                edit(
                        "a variable says what the code proves",
                        "CallActivity_VerifyHolder",
                        edit -> edit.replace(
                                DEREGISTRATION + ".bpmn", "sourceExpression=\"DEREGISTRATION\"", "source=\"choice\"")),
                edit(
                        "nobody confirms",
                        CLOSE,
                        edit -> edit.redirect(DEREGISTRATION, "Flow_HolderVerified", "SubProcess_CoolOff")),
                edit(
                        "whoever withdraws has confirmed",
                        CLOSE,
                        edit -> edit.redirect(DEREGISTRATION, "Flow_ConfirmedNo", "SubProcess_CoolOff")),
                edit(
                        "silence is a confirmation",
                        CLOSE,
                        edit -> edit.redirect(DEREGISTRATION, "Flow_ConfirmationLapsed", "SubProcess_CoolOff")),
                edit(
                        "the confirmation comes before the verification",
                        CLOSE,
                        edit -> edit.redirect(DEREGISTRATION, "Flow_ConsentRecorded", "UserTask_ConfirmDeregistration")
                                .redirect(DEREGISTRATION, "Flow_ConfirmedYes", "CallActivity_VerifyHolder")
                                .redirect(DEREGISTRATION, "Flow_HolderVerified", "SubProcess_CoolOff")),
                edit(
                        "the consent is not recorded",
                        CLOSE,
                        edit -> edit.redirect(DEREGISTRATION, "Flow_NoticeAcceptedYes", "CallActivity_VerifyHolder")),
                edit(
                        "there is no notice to consent to",
                        "ServiceTask_RecordConsent",
                        edit -> edit.redirect(PREPARATION, "Flow_EligibleYes", "ServiceTask_PrepareExport")),
                edit(
                        "what was not ready is closed at once",
                        CLOSE,
                        edit -> edit.redirect(DEREGISTRATION, "Flow_CooledOffNo", CLOSE)),
                edit(
                        "a closed account goes back to its preparation",
                        "CallActivity_Prepare",
                        edit -> edit.redirect(DEREGISTRATION, "Flow_DataErased", "CallActivity_Prepare")),
                edit(
                        "a closed account can be withdrawn",
                        "UserTask_ConfirmDeregistration",
                        edit -> edit.redirect(DEREGISTRATION, "Flow_AccountClosed", "UserTask_ConfirmDeregistration")),
                edit(
                        "nothing is erased",
                        CLOSE,
                        edit -> edit.redirect(DEREGISTRATION, "Flow_AccountClosed", "UserTask_AcknowledgeResult")),
                edit("what takes long is not erased", CLOSE, edit -> edit.add(DEREGISTRATION, """
                            <bpmn:boundaryEvent id="Slow" name="1 小时后" attachedToRef="CallActivity_EraseData">
                              <bpmn:timerEventDefinition id="Slow_1"><bpmn:timeDuration>PT1H</bpmn:timeDuration></bpmn:timerEventDefinition>
                            </bpmn:boundaryEvent>
                            <bpmn:sequenceFlow id="Flow_Slow" sourceRef="Slow" targetRef="UserTask_AcknowledgeResult" />""")),
                edit(
                        "nobody looks whether it is gone",
                        "ServiceTask_IssueReceipt",
                        edit -> edit.redirect(ERASURE, "Flow_CompleteYes", "EndEvent_DataSetErased")),
                edit(
                        "there is no receipt",
                        CLOSE,
                        edit -> edit.redirect(ERASURE, "Flow_AllErased", "ServiceTask_NotifyHolder")),
                edit(
                        "the login stays",
                        CLOSE,
                        edit -> edit.redirect(
                                DEREGISTRATION, "Flow_ResultAcknowledged", "EndEvent_AccountDeregistered")),
                edit(
                        "data is erased before the account is closed",
                        "ServiceTask_Erase",
                        edit -> edit.redirect(DEREGISTRATION, "Flow_HolderVerified", "CallActivity_EraseData")),
                edit(
                        "the new number is not verified",
                        REBIND,
                        edit -> edit.redirect(UNBINDING, "Flow_NewPhoneUsableYes", "UserTask_ConfirmUnbinding")),
                edit(
                        "a new number that was not verified is bound",
                        REBIND,
                        edit -> edit.redirect(UNBINDING, "Flow_NewPhoneNotVerified", "UserTask_ConfirmUnbinding")),
                edit(
                        "the old number's code binds the new one",
                        REBIND,
                        edit -> edit.replace(
                                UNBINDING + ".bpmn",
                                "sourceExpression=\"NEW_PHONE\"",
                                "sourceExpression=\"PHONE_UNBINDING\"")),
                edit(
                        "the new number is not checked",
                        REBIND,
                        edit -> edit.redirect(UNBINDING, "Flow_NewPhoneEnteredYes", "CallActivity_VerifyNewPhone")),
                edit(
                        "nobody confirms the new number",
                        REBIND,
                        edit -> edit.redirect(UNBINDING, "Flow_NewPhoneVerified", REBIND)));
    }

    private static List<Arguments> waitsAndAnswers() {
        return List.of(
                edit(
                        "a task waits for ever",
                        "UserTask_ReadNotice",
                        edit -> edit.drop(DEREGISTRATION, "BoundaryEvent_NoticeLapsed")
                                .drop(DEREGISTRATION, "Flow_NoticeLapsed")),
                edit(
                        "a timer lets the task wait",
                        "UserTask_ConfirmDeregistration",
                        edit -> edit.change(
                                DEREGISTRATION,
                                "BoundaryEvent_ConfirmationLapsed",
                                " attachedToRef",
                                " cancelActivity=\"false\" attachedToRef")),
                edit(
                        "a staff task waits for ever",
                        "UserTask_HandleStuckErasure",
                        edit -> edit.drop(ERASURE, "BoundaryEvent_StuckUnhandled")
                                .drop(ERASURE, "Flow_StuckUnhandled")),
                edit(
                        "a gateway has no answer for the rest",
                        "Gateway_NoticeAccepted",
                        edit -> edit.change(DEREGISTRATION, "Gateway_NoticeAccepted", " default=\"[^\"]*\"", "")),
                edit(
                        "a flow has no condition",
                        "Flow_NoticeAcceptedYes",
                        edit -> edit.replace(
                                DEREGISTRATION + ".bpmn",
                                "<bpmn:conditionExpression xsi:type=\"bpmn:tFormalExpression\">${choice == 'CONTINUE'}</bpmn:conditionExpression>",
                                "")),
                edit(
                        "an error is not caught",
                        CLOSE,
                        edit -> edit.drop(DEREGISTRATION, "BoundaryEvent_NotReady")
                                .drop(DEREGISTRATION, "Flow_NotReady")),
                edit(
                        "an error of a called process is not caught",
                        "EndEvent_Lapsed",
                        edit -> edit.drop(DEREGISTRATION, "BoundaryEvent_VerificationLapsed")
                                .drop(DEREGISTRATION, "Flow_VerificationLapsed")),
                edit(
                        "the names of two answers are swapped",
                        "Flow_ConfirmedYes",
                        edit -> edit.change(DEREGISTRATION, "Flow_ConfirmedYes", "name=\"确认\"", "name=\"撤回\"")
                                .change(DEREGISTRATION, "Flow_ConfirmedNo", "name=\"撤回\"", "name=\"确认\"")),
                edit(
                        "the conditions of two answers are swapped",
                        "Flow_ConfirmedYes",
                        edit -> edit.replace(DEREGISTRATION + ".bpmn", "choice == 'CONFIRM'", "choice == 'WITHDRAW'")),
                edit(
                        "a variable is read before it is written",
                        "BoundaryEvent_NoticeLapsed",
                        edit -> edit.replace(DEREGISTRATION + ".bpmn", ">P3D<", ">${coolingOffEndsAt}<")));
    }

    private static List<Arguments> code() {
        return List.of(
                edit("a script task", "Script", edit -> edit.add(DEREGISTRATION, """
                        <bpmn:scriptTask id="Script" name="脚本" scriptFormat="groovy"><bpmn:script>1</bpmn:script></bpmn:scriptTask>""")),
                edit(
                        "a class",
                        "ServiceTask_RecordConsent",
                        edit -> edit.change(
                                DEREGISTRATION,
                                "ServiceTask_RecordConsent",
                                DELEGATE,
                                "camunda:class=\"java.lang.Object\"")),
                edit(
                        "an expression that does something",
                        "ServiceTask_RecordConsent",
                        edit -> edit.change(
                                DEREGISTRATION,
                                "ServiceTask_RecordConsent",
                                DELEGATE,
                                "camunda:expression=\"${execution.setVariable('a', 1)}\"")),
                edit(
                        "an external task",
                        "ServiceTask_RecordConsent",
                        edit -> edit.change(
                                DEREGISTRATION,
                                "ServiceTask_RecordConsent",
                                DELEGATE,
                                "camunda:type=\"external\" camunda:topic=\"t\"")),
                edit(
                        "a connector",
                        "ServiceTask_NotifyBothNumbers",
                        edit -> edit.replace(
                                UNBINDING + ".bpmn",
                                "<camunda:failedJobRetryTimeCycle>PT1M,PT10M,PT1H,PT6H,P1D</camunda:failedJobRetryTimeCycle>",
                                "<camunda:connector><camunda:connectorId>http-connector</camunda:connectorId></camunda:connector>")),
                edit(
                        "a listener that is a class",
                        "account-deregistration",
                        edit -> edit.replace(
                                DEREGISTRATION + ".bpmn",
                                "<camunda:executionListener delegateExpression=\"${deregistrationEndedListener}\"",
                                "<camunda:executionListener class=\"java.lang.Object\"")),
                edit(
                        "a script as a condition",
                        "Flow_ConfirmedYes",
                        edit -> edit.replace(
                                DEREGISTRATION + ".bpmn",
                                "<bpmn:conditionExpression xsi:type=\"bpmn:tFormalExpression\">${choice == 'CONFIRM'}",
                                "<bpmn:conditionExpression xsi:type=\"bpmn:tFormalExpression\" language=\"groovy\">${choice == 'CONFIRM'}")),
                edit(
                        "a condition that calls something",
                        "Flow_CoolingOffYes",
                        edit -> edit.replace(
                                DEREGISTRATION + ".bpmn",
                                ">${coolingOff}<",
                                ">${execution.getVariable('coolingOff')}<")),
                edit(
                        "a condition on a bean",
                        "Flow_CoolingOffYes",
                        edit -> edit.replace(
                                DEREGISTRATION + ".bpmn", ">${coolingOff}<", ">${messenger.delivers('SMS')}<")),
                edit(
                        "a bean that does not exist",
                        CLOSE,
                        edit -> edit.change(
                                DEREGISTRATION,
                                CLOSE,
                                DELEGATE,
                                "camunda:delegateExpression=\"${closeAcountDelegate}\"")),
                edit(
                        "a bean that is no delegate",
                        CLOSE,
                        edit -> edit.change(
                                DEREGISTRATION, CLOSE, DELEGATE, "camunda:delegateExpression=\"${messenger}\"")),
                edit(
                        "a variable as delegate",
                        CLOSE,
                        edit -> edit.change(
                                DEREGISTRATION, CLOSE, DELEGATE, "camunda:delegateExpression=\"${choice}\"")),
                edit(
                        "a name that is computed",
                        "UserTask_ReadNotice",
                        edit -> edit.change(
                                DEREGISTRATION, "UserTask_ReadNotice", "name=\"[^\"]*\"", "name=\"${subject}\"")),
                edit(
                        "a collection of another bean",
                        "SubProcess_EraseDataSet",
                        edit -> edit.replace(ERASURE + ".bpmn", "${erasurePlan.dataSets(", "${dataSetCatalogue.get(")));
    }

    /** What the engine understands and a reader of the diagram does not see. */
    private static List<Arguments> tricks() {
        return List.of(
                edit(
                        "an expression hides behind a comment on it",
                        "Flow_CoolingOffYes",
                        edit -> edit.replace(
                                DEREGISTRATION + ".bpmn",
                                ">${coolingOff}<",
                                ">${empty closeAccountDelegate.execute(execution)}<bpmn:documentation /><")),
                edit(
                        "the engine's old namespace",
                        "ServiceTask_RecordConsent",
                        edit -> edit.replace(
                                        DEREGISTRATION + ".bpmn",
                                        "xmlns:camunda=",
                                        "xmlns:activiti=\"http://activiti.org/bpmn\" xmlns:camunda=")
                                .change(
                                        DEREGISTRATION,
                                        "ServiceTask_RecordConsent",
                                        DELEGATE,
                                        "activiti:delegateExpression=\"${closeAccountDelegate}\"")),
                edit(
                        "an output overwrites the answer",
                        "UserTask_ConfirmDeregistration",
                        edit -> edit.replace(
                                DEREGISTRATION + ".bpmn",
                                "<camunda:property name=\"takes\" value=\"约 10 秒\" />\n        </camunda:properties>",
                                "<camunda:property name=\"takes\" value=\"约 10 秒\" />\n        </camunda:properties>"
                                        + "<camunda:inputOutput><camunda:outputParameter name=\"choice\">CONFIRM</camunda:outputParameter></camunda:inputOutput>")),
                edit(
                        "an input hides a variable",
                        "ServiceTask_PrepareExport",
                        edit -> edit.replace(
                                PREPARATION + ".bpmn",
                                "<bpmn:incoming>Flow_NoticeComposed</bpmn:incoming>",
                                "<bpmn:extensionElements><camunda:inputOutput><camunda:inputParameter name=\"eligible\">true</camunda:inputParameter></camunda:inputOutput></bpmn:extensionElements><bpmn:incoming>Flow_NoticeComposed</bpmn:incoming>")),
                edit(
                        "an error writes a variable",
                        "BoundaryEvent_NotReady",
                        edit -> edit.change(
                                DEREGISTRATION,
                                "BoundaryEvent_NotReady_Definition",
                                " errorRef",
                                " camunda:errorCodeVariable=\"choice\" errorRef")),
                edit(
                        "a default flow that has a condition",
                        "Flow_ConfirmedNo",
                        edit -> edit.change(DEREGISTRATION, "Flow_ConfirmedNo", " />", ">")
                                .replace(
                                        DEREGISTRATION + ".bpmn",
                                        "targetRef=\"EndEvent_RequestWithdrawn\">",
                                        "targetRef=\"EndEvent_RequestWithdrawn\"><bpmn:conditionExpression xsi:type=\"bpmn:tFormalExpression\">${choice == 'WITHDRAW'}</bpmn:conditionExpression></bpmn:sequenceFlow>")),
                edit(
                        "an inclusive gateway",
                        "Gateway_Confirmed",
                        edit -> edit.replace(
                                        DEREGISTRATION + ".bpmn",
                                        "<bpmn:exclusiveGateway id=\"Gateway_Confirmed\"",
                                        "<bpmn:inclusiveGateway id=\"Gateway_Confirmed\"")
                                .replace(
                                        DEREGISTRATION + ".bpmn",
                                        "<bpmn:outgoing>Flow_ConfirmedNo</bpmn:outgoing>\n    </bpmn:exclusiveGateway>",
                                        "<bpmn:outgoing>Flow_ConfirmedNo</bpmn:outgoing>\n    </bpmn:inclusiveGateway>")),
                edit(
                        "a verification that happens no times",
                        "CallActivity_VerifyHolder",
                        edit -> edit.replace(
                                DEREGISTRATION + ".bpmn",
                                "<bpmn:outgoing>Flow_HolderVerified</bpmn:outgoing>",
                                "<bpmn:outgoing>Flow_HolderVerified</bpmn:outgoing><bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>0</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>")),
                edit("a link event", "Link", edit -> edit.add(DEREGISTRATION, """
                        <bpmn:intermediateThrowEvent id="Link" name="跳"><bpmn:linkEventDefinition id="Link_1" name="A" /></bpmn:intermediateThrowEvent>""")),
                edit("a compensation", "BoundaryEvent_Undo", edit -> edit.add(DEREGISTRATION, """
                        <bpmn:boundaryEvent id="BoundaryEvent_Undo" name="撤销" attachedToRef="ServiceTask_RecordConsent"><bpmn:compensateEventDefinition id="Undo_1" /></bpmn:boundaryEvent>""")),
                edit("a message starts it", "StartEvent_Message", edit -> edit.add(DEREGISTRATION, """
                        <bpmn:startEvent id="StartEvent_Message" name="消息"><bpmn:messageEventDefinition id="Message_1" /></bpmn:startEvent>""")),
                edit(
                        "an exception is an error",
                        "Error_NotReady",
                        edit -> edit.change(
                                DEREGISTRATION,
                                "Error_NotReady",
                                "errorCode=\"[^\"]*\"",
                                "errorCode=\"java.lang.Exception\"")),
                edit(
                        "a purpose is given twice",
                        "CallActivity_VerifyHolder",
                        edit -> edit.replace(
                                DEREGISTRATION + ".bpmn",
                                "<camunda:in sourceExpression=\"DEREGISTRATION\" target=\"purpose\" />",
                                "<camunda:in sourceExpression=\"DEREGISTRATION\" target=\"purpose\" /><camunda:in sourceExpression=\"NEW_PHONE\" target=\"purpose\" />")),
                edit(
                        "every variable goes into a call",
                        "CallActivity_VerifyHolder",
                        edit -> edit.replace(
                                DEREGISTRATION + ".bpmn",
                                "<camunda:in sourceExpression=\"DEREGISTRATION\" target=\"purpose\" />",
                                "<camunda:in sourceExpression=\"DEREGISTRATION\" target=\"purpose\" /><camunda:in variables=\"all\" />")),
                edit(
                        "a call that nothing reaches makes a process look called",
                        "CallActivity_Dead",
                        edit -> edit.add(ERASURE, """
                        <bpmn:callActivity id="CallActivity_Dead" name="多余" calledElement="account-deregistration" camunda:calledElementBinding="deployment" />""")),
                edit(
                        "a process that calls itself",
                        "CallActivity_Again",
                        edit -> edit.add(ERASURE, """
                                <bpmn:callActivity id="CallActivity_Again" name="再来" calledElement="data-erasure" camunda:calledElementBinding="deployment" />
                                <bpmn:sequenceFlow id="Flow_Again" sourceRef="CallActivity_Again" targetRef="ServiceTask_IssueReceipt" />""").redirect(ERASURE, "Flow_AllErased", "CallActivity_Again")),
                edit(
                        "code in a table",
                        "verification-policy.dmn",
                        edit -> edit.replace(
                                "verification-policy.dmn",
                                "<inputEntry id=\"",
                                "<inputEntry expressionLanguage=\"juel\" id=\"")),
                edit(
                        "a field that can't be filled in",
                        "Gateway_Confirmed",
                        edit -> edit.replace(
                                "confirm-deregistration.form",
                                "\"key\": \"choice\"",
                                "\"key\": \"choice\", \"disabled\": true")));
    }

    private static List<Arguments> forms() {
        return List.of(
                edit(
                        "what a delegate reads is renamed",
                        "ServiceTask_CheckCode",
                        edit -> edit.replace("enter-code.form", "\"key\": \"code\"", "\"key\": \"digits\"")),
                edit(
                        "what a gateway reads is renamed",
                        "Gateway_Confirmed",
                        edit -> edit.replace(
                                "confirm-deregistration.form", "\"key\": \"choice\"", "\"key\": \"decision\"")),
                edit(
                        "an answer is renamed",
                        "Flow_ConfirmedYes",
                        edit -> edit.replace("confirm-deregistration.form", "\"CONFIRM\"", "\"CONFIRMED\"")),
                edit(
                        "a form sets what Java decides",
                        "enter-code.form",
                        edit -> edit.replace("enter-code.form", "\"key\": \"code\"", "\"key\": \"codeResult\"")),
                edit(
                        "a form sets whom it is about",
                        "request-deregistration.form",
                        edit -> edit.replace(
                                "request-deregistration.form",
                                "\"components\": [",
                                "\"components\": [{\"type\": \"textfield\", \"key\": \"subject\", \"label\": \"账户\"},")),
                edit(
                        "a field is named like a bean",
                        "enter-code.form",
                        edit -> edit.replace("enter-code.form", "\"key\": \"code\"", "\"key\": \"checkCodeDelegate\"")),
                edit(
                        "a form is newer than Tasklist",
                        "enter-code.form",
                        edit -> edit.replace("enter-code.form", "\"schemaVersion\": 16", "\"schemaVersion\": 18")),
                edit("a form is left out", "UserTask_EnterCode", edit -> edit.remove("enter-code.form")),
                edit(
                        "a form is of any deployment",
                        "UserTask_ReadNotice",
                        edit -> edit.change(
                                DEREGISTRATION,
                                "UserTask_ReadNotice",
                                "camunda:formRefBinding=\"deployment\"",
                                "camunda:formRefBinding=\"latest\"")),
                edit(
                        "a form is broken",
                        "cool-off.form",
                        edit -> edit.replace("cool-off.form", "\"components\": [", "\"components\":")));
    }

    private static List<Arguments> tasks() {
        return List.of(
                edit(
                        "somebody else answers",
                        "UserTask_ConfirmDeregistration",
                        edit -> edit.change(
                                DEREGISTRATION,
                                "UserTask_ConfirmDeregistration",
                                "camunda:assignee=\"[^\"]*\"",
                                "camunda:assignee=\"owner\"")),
                edit(
                        "a variable says who answers",
                        "UserTask_ConfirmDeregistration",
                        edit -> edit.change(
                                DEREGISTRATION,
                                "UserTask_ConfirmDeregistration",
                                "camunda:assignee=\"[^\"]*\"",
                                "camunda:assignee=\"${choice}\"")),
                edit(
                        "nobody answers",
                        "UserTask_HandleStuckErasure",
                        edit -> edit.change(
                                ERASURE, "UserTask_HandleStuckErasure", " camunda:candidateGroups=\"[^\"]*\"", "")),
                edit(
                        "customers do what is for staff",
                        "UserTask_HandleStuckErasure",
                        edit -> edit.change(
                                ERASURE,
                                "UserTask_HandleStuckErasure",
                                "candidateGroups=\"[^\"]*\"",
                                "candidateGroups=\"account-holder\"")),
                edit(
                        "the history is kept for ever",
                        "data-erasure",
                        edit -> edit.change(ERASURE, "data-erasure", " camunda:historyTimeToLive=\"[^\"]*\"", "")),
                edit(
                        "a called process can be started by itself",
                        "data-erasure",
                        edit -> edit.change(ERASURE, "data-erasure", " camunda:isStartableInTasklist=\"false\"", "")),
                edit(
                        "a called process is left out",
                        "CallActivity_VerifyHolder",
                        edit -> edit.remove("verification-code.bpmn")),
                edit(
                        "whatever is newest is called",
                        "CallActivity_EraseData",
                        edit -> edit.change(
                                DEREGISTRATION,
                                "CallActivity_EraseData",
                                "camunda:calledElementBinding=\"deployment\"",
                                "camunda:calledElementBinding=\"latest\"")),
                edit(
                        "a diagram is broken",
                        "data-erasure.bpmn",
                        edit -> edit.replace("data-erasure.bpmn", "</bpmn:process>", "")));
    }

    private static List<Arguments> tables() {
        String policy = "verification-policy.dmn";
        return List.of(
                edit(
                        "eleven tries",
                        "verification-policy",
                        edit -> edit.replace(policy, "<text>5</text>", "<text>11</text>")),
                edit(
                        "a code that lives for half an hour",
                        "verification-policy",
                        edit -> edit.replace(policy, "\"PT5M\"", "\"PT30M\"")),
                edit(
                        "four digits",
                        "verification-policy",
                        edit -> edit.replace(policy, "<text>6</text>", "<text>4</text>")),
                edit(
                        "no verification",
                        "verification-policy",
                        edit -> edit.replace(policy, "<text>true</text>", "<text>false</text>")),
                edit("no wait between codes", "verification-policy", edit -> edit.replace(policy, "PT60S", "PT1S")),
                edit(
                        "an output is renamed",
                        "verification-policy",
                        edit -> edit.replace(policy, "name=\"tries\"", "name=\"attempts\"")),
                edit(
                        "an output has another type",
                        "verification-policy",
                        edit -> edit.replace(
                                policy, "name=\"tries\" typeRef=\"integer\"", "name=\"tries\" typeRef=\"string\"")),
                edit(
                        "an input is renamed",
                        "verification-policy",
                        edit -> edit.replace(policy, "<text>purpose</text>", "<text>why</text>")),
                edit(
                        "a data set has no row",
                        "data-retention",
                        edit -> edit.replace("data-retention.dmn", "\"favourites\"", "\"favorites\"")),
                edit(
                        "a data set is to be kept that can't be",
                        "data-retention",
                        edit -> edit.replace(
                                "data-retention.dmn", "<text>\"ERASE\"</text>", "<text>\"ANONYMISE\"</text>")),
                edit(
                        "records are kept for no time",
                        "data-retention",
                        edit -> edit.replace("data-retention.dmn", "<text>\"P3Y\"</text>", "<text></text>")),
                edit(
                        "debts are let pass",
                        "deregistration-eligibility",
                        edit -> edit.replace(
                                "deregistration-eligibility.dmn", "<text>true</text>", "<text>false</text>")),
                edit(
                        "receipts are kept for a month",
                        "deregistration-policy",
                        edit -> edit.replace("deregistration-policy.dmn", "P1096D", "P30D")),
                edit(
                        "a cooling-off for half a year",
                        "deregistration-policy",
                        edit -> edit.replace("deregistration-policy.dmn", "\"PT0S\"", "\"P180D\"")),
                edit("a table alone", "verification-policy", edit -> edit.removeAllBut(policy)),
                edit(
                        "tables come without their diagrams",
                        "data-retention",
                        edit -> edit.remove("account-deregistration.bpmn")
                                .remove("deregistration-preparation.bpmn")
                                .remove("data-erasure.bpmn")),
                edit(
                        "two files have the same table",
                        "verification-policy",
                        edit -> edit.texts().put("copy.dmn", edit.texts().get(policy))),
                edit("a table is left out", "data-retention", edit -> edit.remove("data-retention.dmn")),
                edit(
                        "a table that nobody reads",
                        "verification-policies",
                        edit -> edit.replace(
                                policy,
                                "decision id=\"verification-policy\"",
                                "decision id=\"verification-policies\"")));
    }

    private static Arguments edit(String what, String element, Consumer<ModelEdit> edit) {
        return arguments(what, element, edit);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("edits")
    @DisplayName("an unsafe edit is refused, and the element to blame is named in a Chinese sentence with a remedy")
    void anUnsafeEditIsRefused(String what, String element, Consumer<ModelEdit> edit) {
        ModelEdit edited = new ModelEdit();
        edit.accept(edited);

        List<Finding> findings = guard.findings(edited.files());

        assertThat(findings).extracting(Finding::element).contains(element);
        assertThat(findings)
                .allSatisfy(finding -> assertThat(finding.text()).contains("请").endsWith("。"));
    }

    @Test
    @DisplayName("a refused deployment leaves nothing behind, not even what of it was safe")
    void aRefusedDeploymentLeavesNothingBehind() {
        long before = repository.createProcessDefinitionQuery().count();
        ModelEdit edited =
                new ModelEdit().redirect(DEREGISTRATION, "Flow_ConsentRecorded", "UserTask_ConfirmDeregistration");
        DeploymentBuilder deployment = repository.createDeployment().name("unsafe");
        edited.texts().forEach(deployment::addString);

        assertThatThrownBy(deployment::deploy)
                .isInstanceOf(UnsafeDeploymentException.class)
                .hasMessageContaining("ServiceTask_CloseAccount “关闭账户”之前有路径没有通过身份验证");

        assertThat(repository.createProcessDefinitionQuery().count()).isEqualTo(before);
        assertThat(repository.createDeploymentQuery().deploymentName("unsafe").count())
                .isZero();
    }
}
