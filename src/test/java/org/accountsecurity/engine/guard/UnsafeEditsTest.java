package org.accountsecurity.engine.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.accountsecurity.ApplicationTest;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
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
    private static final String DELEGATE = "camunda:delegateExpression=\"[^\"]*\"";

    @Autowired
    DeploymentGuard guard;

    @Autowired
    RepositoryService repository;

    static Stream<Edit> edits() {
        return Stream.of(waitsAndAnswers(), code(), spellings(), tricks(), others(), forms(), tasks(), tables())
                .flatMap(List::stream);
    }

    private static List<Edit> waitsAndAnswers() {
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
                        "a variable is read before it is written",
                        "BoundaryEvent_NoticeLapsed",
                        edit -> edit.replace(DEREGISTRATION + ".bpmn", ">P3D<", ">${coolingOffEndsAt}<")));
    }

    private static List<Edit> code() {
        return List.of(
                edit("a script task", "Script", edit -> edit.add(DEREGISTRATION, """
                        <bpmn:scriptTask id="Script" name="脚本" scriptFormat="groovy"><bpmn:script>1</bpmn:script></bpmn:scriptTask>""")),
                edit(
                        "a class",
                        "ServiceTask_RevokeLogin",
                        edit -> edit.change(
                                DEREGISTRATION,
                                "ServiceTask_RevokeLogin",
                                DELEGATE,
                                "camunda:class=\"java.lang.Object\"")),
                edit(
                        "an expression that does something",
                        "ServiceTask_RevokeLogin",
                        edit -> edit.change(
                                DEREGISTRATION,
                                "ServiceTask_RevokeLogin",
                                DELEGATE,
                                "camunda:expression=\"${execution.setVariable('a', 1)}\"")),
                edit(
                        "an external task that nothing ends",
                        "ServiceTask_RevokeLogin",
                        edit -> edit.change(
                                DEREGISTRATION,
                                "ServiceTask_RevokeLogin",
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

    /** One thing that is not allowed, in each way that it can be written. */
    private static List<Edit> spellings() {
        String table = "verification-policy.dmn";
        String task = "ServiceTask_RevokeLogin";
        String listener =
                "<camunda:executionListener delegateExpression=\"${deregistrationEndedListener}\" event=\"end\" />";
        return List.of(
                inTable("a blank before the equals sign", "<outputEntry expressionLanguage =\"juel\" id="),
                inTable("a line before it", "<outputEntry expressionLanguage\n=\n\"juel\" id="),
                inTable("single quotes", "<outputEntry expressionLanguage='juel' id="),
                inTable("an entity", "<outputEntry expressionLanguage=\"&#106;uel\" id="),
                edit(
                        "a language for a whole table",
                        table,
                        edit -> edit.replace(table, "<definitions ", "<definitions expressionLanguage = 'groovy' ")),
                edit(
                        "a type of one's own",
                        "verification-policy",
                        edit -> edit.replace(table, "typeRef=\"integer\"", "typeRef=\"java.lang.Runtime\"")),
                edit(
                        "a language of a column",
                        "verification-policy",
                        edit -> edit.replace(
                                table,
                                "typeRef=\"string\">",
                                "typeRef=\"string\" expressionLanguage = \"javascript\">")),
                edit(
                        "a variable of Camunda's for a column",
                        "verification-policy",
                        edit -> edit.replace(table, "<input id=", "<input camunda:inputVariable=\"code\" id=")),
                edit(
                        "an expression instead of a table",
                        "verification-policy",
                        edit -> edit.replaceAll(
                                table,
                                "(?s)<decisionTable.*</decisionTable>",
                                "<literalExpression id=\"L\"><text>1</text></literalExpression>")),
                edit(
                        "a table that asks another one",
                        "verification-policy",
                        edit -> edit.replace(
                                table,
                                "<decisionTable id=",
                                "<knowledgeRequirement id=\"K\"><requiredKnowledge href=\"#x\" /></knowledgeRequirement><decisionTable id=")),
                on(
                        task,
                        "the prefix of Camunda by another name",
                        "xmlns:c=\"http://camunda.org/schema/1.0/bpmn\" c:class=\"java.lang.Object\""),
                on(task, "a class in single quotes", "camunda:class = 'java.lang.Object'"),
                on(task, "a mail", "camunda:type=\"mail\""),
                on(task, "a shell", "camunda:type=\"shell\""),
                on(
                        task,
                        "a variable for the result of an expression",
                        "camunda:expression=\"#{1}\" camunda:resultVariable=\"choice\""),
                on("UserTask_ReadNotice", "a form handler", "camunda:formHandlerClass=\"x.Y\""),
                on("UserTask_ReadNotice", "a form key", "camunda:formKey=\"embedded:app:x.html\""),
                on("UserTask_ReadNotice", "a due date", "camunda:dueDate=\"${dateTime()}\""),
                on("UserTask_ReadNotice", "candidates", "camunda:candidateUsers=\"${choice}\""),
                on("StartEvent_DeregistrationRequested", "who has started it", "camunda:initiator=\"subject\""),
                on(DEREGISTRATION, "who may start it", "camunda:candidateStarterGroups=\"${choice}\""),
                in("a task listener", "UserTask_ReadNotice", "<camunda:taskListener class=\"x.Y\" event=\"create\" />"),
                in(
                        "an output",
                        "UserTask_ReadNotice",
                        "<camunda:inputOutput><camunda:outputParameter name=\"a\">1</camunda:outputParameter></camunda:inputOutput>"),
                in(
                        "an input that is a script",
                        "UserTask_ReadNotice",
                        "<camunda:inputOutput><camunda:inputParameter name=\"a\"><camunda:script scriptFormat=\"js\">1</camunda:script></camunda:inputParameter></camunda:inputOutput>"),
                in(
                        "generated fields",
                        "UserTask_ReadNotice",
                        "<camunda:formData><camunda:formField id=\"code\" /></camunda:formData>"),
                in("a listener of an element", "UserTask_ReadNotice", listener),
                edit(
                        "an expression beside an element of a documentation",
                        "UserTask_ReadNotice",
                        edit -> edit.replace(
                                DEREGISTRATION + ".bpmn",
                                "<bpmn:documentation>告知每类数据",
                                "<bpmn:documentation><bpmn:incoming>x</bpmn:incoming>${accounts.find('acct-1')}告知每类数据")),
                edit(
                        "an expression in a CDATA section",
                        "Flow_CoolingOffYes",
                        edit -> edit.replace(
                                DEREGISTRATION + ".bpmn", ">${coolingOff}<", "><![CDATA[${closeAccountDelegate}]]><")),
                edit(
                        "a bean's method that is not for models",
                        "Flow_CoolingOffYes",
                        edit -> edit.replace(
                                DEREGISTRATION + ".bpmn",
                                ">${coolingOff}<",
                                ">${erasurePlan.getClass().name == 'x'}<")),
                edit(
                        "two conditions in one",
                        "Flow_CoolingOffYes",
                        edit -> edit.replace(
                                DEREGISTRATION + ".bpmn", ">${coolingOff}<", ">${coolingOff &amp;&amp; complete}<")),
                edit(
                        "an array in place of a property",
                        "Flow_CoolingOffYes",
                        edit -> edit.replace(
                                DEREGISTRATION + ".bpmn",
                                ">${coolingOff}<",
                                ">${deregistrationDeadline['firstWarning']}<")),
                edit(
                        "a result that takes the place of what a delegate says",
                        "BusinessRuleTask_Own",
                        edit -> edit.add(DEREGISTRATION, """
                        <bpmn:businessRuleTask id="BusinessRuleTask_Own" name="判断" camunda:decisionRef="verification-policy" camunda:decisionRefBinding="deployment" camunda:mapDecisionResult="singleEntry" camunda:resultVariable="eligible" />""")),
                edit(
                        "a table of whatever deployment is newest",
                        "BusinessRuleTask_Own",
                        edit -> edit.add(DEREGISTRATION, """
                        <bpmn:businessRuleTask id="BusinessRuleTask_Own" name="判断" camunda:decisionRef="verification-policy" camunda:decisionRefBinding="latest" camunda:mapDecisionResult="singleEntry" camunda:resultVariable="own" />""")),
                edit("a table that is not there", "BusinessRuleTask_Own", edit -> edit.add(DEREGISTRATION, """
                        <bpmn:businessRuleTask id="BusinessRuleTask_Own" name="判断" camunda:decisionRef="elsewhere" />""")));
    }

    private static Edit inTable(String what, String tag) {
        return edit(
                "code in a table, with " + what,
                "verification-policy",
                edit -> edit.replace("verification-policy.dmn", "<outputEntry id=", tag));
    }

    private static Edit on(String element, String what, String attribute) {
        return edit(
                what + " on " + element,
                element,
                edit -> edit.change(DEREGISTRATION, element, " name=", " " + attribute + " name="));
    }

    private static Edit in(String what, String element, String extension) {
        return edit(
                what + " in " + element,
                element,
                edit -> edit.replaceAll(
                        DEREGISTRATION + ".bpmn",
                        "(?s)(id=\"" + element + "\".*?<bpmn:extensionElements>)",
                        "$1" + Matcher.quoteReplacement(extension)));
    }

    private static List<Edit> others() {
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
                        "ServiceTask_IssueReceipt",
                        edit -> edit.replaceAll(
                                "data-erasure.bpmn",
                                "(?s)<bpmn:serviceTask (id=\"ServiceTask_IssueReceipt\".*?)</bpmn:serviceTask>",
                                "<bpmn:exclusiveGateway $1</bpmn:exclusiveGateway>")),
                edit(
                        "errors that there are not",
                        "EndEvent_CoolOffWithdrawn",
                        edit -> edit.drop(DEREGISTRATION, "Error_Withdrawn")),
                edit("a timer is an error as well", "BoundaryEvent_Both", edit -> edit.add(DEREGISTRATION, """
                        <bpmn:boundaryEvent id="BoundaryEvent_Both" name="10 秒" attachedToRef="CallActivity_VerifyHolder">
                          <bpmn:timerEventDefinition id="Both_1"><bpmn:timeDuration>PT10S</bpmn:timeDuration></bpmn:timerEventDefinition>
                          <bpmn:errorEventDefinition id="Both_2" errorRef="Error_NotVerified" />
                        </bpmn:boundaryEvent>
                        <bpmn:sequenceFlow id="Flow_Both" sourceRef="BoundaryEvent_Both" targetRef="EndEvent_HolderNotVerified" />""")),
                edit(
                        "an attribute that the engine reads otherwise",
                        "ServiceTask_Erase",
                        edit -> edit.change(
                                ERASURE, "ServiceTask_Erase", "asyncBefore=\"true\"", "asyncBefore=\"TRUE\"")),
                edit(
                        "a default flow of another gateway",
                        "Gateway_Complete",
                        edit -> edit.change(
                                        ERASURE,
                                        "Gateway_Complete",
                                        "default=\"Flow_CompleteNo\"",
                                        "default=\"Flow_AbsenceVerified\"")
                                .replaceAll(
                                        ERASURE + ".bpmn",
                                        "(<bpmn:sequenceFlow id=\"Flow_CompleteNo\"[^>]*) />",
                                        "$1><bpmn:conditionExpression>\\${dataSet == 'orders'}</bpmn:conditionExpression></bpmn:sequenceFlow>")),
                edit(
                        "two options mean the same",
                        "confirm-deregistration.form",
                        edit -> edit.replaceAll(
                                "confirm-deregistration.form",
                                "(\\{\\s*\"label\": \"确认注销\",)",
                                "{\"label\": \"撤回申请\", \"value\": \"CONFIRM\"}, $1")),
                edit(
                        "a field is hidden by what the server does not know",
                        "enter-code.form",
                        edit -> edit.replace(
                                "enter-code.form",
                                "\"hide\": \"=choice != \\\"SUBMIT\\\"\"",
                                "\"hide\": \"=maskedTarget = null or choice != \\\"SUBMIT\\\"\"")),
                edit(
                        "options by an expression, which the server does not know",
                        "read-deregistration-notice.form",
                        edit -> edit.replace(
                                "read-deregistration-notice.form",
                                "\"valuesKey\": \"channels\"",
                                "\"valuesExpression\": \"=channels\"")),
                edit(
                        "a pattern that browsers do not know",
                        "enter-code.form",
                        edit -> edit.replaceAll("enter-code.form", "\"pattern\": \"", "\"pattern\": \"(?i)")),
                edit(
                        "a code that is a number",
                        "enter-code.form",
                        edit -> edit.replaceAll("enter-code.form", "\"type\": \"textfield\"", "\"type\": \"number\"")));
    }

    /** What the engine understands and a reader of the diagram does not see. */
    private static List<Edit> tricks() {
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
                        "ServiceTask_RevokeLogin",
                        edit -> edit.replace(
                                        DEREGISTRATION + ".bpmn",
                                        "xmlns:camunda=",
                                        "xmlns:activiti=\"http://activiti.org/bpmn\" xmlns:camunda=")
                                .change(
                                        DEREGISTRATION,
                                        "ServiceTask_RevokeLogin",
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
                        <bpmn:boundaryEvent id="BoundaryEvent_Undo" name="撤销" attachedToRef="ServiceTask_RevokeLogin"><bpmn:compensateEventDefinition id="Undo_1" /></bpmn:boundaryEvent>""")),
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
                        "every variable goes into a call",
                        "CallActivity_VerifyHolder",
                        edit -> edit.replace(
                                DEREGISTRATION + ".bpmn",
                                "<camunda:in sourceExpression=\"DEREGISTRATION\" target=\"purpose\" />",
                                "<camunda:in sourceExpression=\"DEREGISTRATION\" target=\"purpose\" /><camunda:in variables=\"all\" />")),
                edit(
                        "a call that nothing reaches makes a process look called",
                        DEREGISTRATION,
                        edit -> edit.add(ERASURE, """
                        <bpmn:callActivity id="CallActivity_Dead" name="多余" calledElement="account-deregistration" camunda:calledElementBinding="deployment" />""")),
                edit(
                        "a process that calls itself",
                        ERASURE,
                        edit -> edit.add(ERASURE, """
                                <bpmn:callActivity id="CallActivity_Again" name="再来" calledElement="data-erasure" camunda:calledElementBinding="deployment" />
                                <bpmn:sequenceFlow id="Flow_Again" sourceRef="CallActivity_Again" targetRef="ServiceTask_IssueReceipt" />""").redirect(ERASURE, "Flow_AllErased", "CallActivity_Again")),
                edit(
                        "code in a table",
                        "verification-policy",
                        edit -> edit.replace(
                                "verification-policy.dmn",
                                "<outputEntry id=\"",
                                "<outputEntry expressionLanguage=\"juel\" id=\"")));
    }

    private static List<Edit> forms() {
        return List.of(
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

    private static List<Edit> tasks() {
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

    private static List<Edit> tables() {
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
                        "verification-policy.dmn",
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

    private static Edit edit(String what, String element, Consumer<ModelEdit> edit) {
        return new Edit(what, element, edit);
    }

    @TestFactory
    @DisplayName("an unsafe edit is refused, and the element to blame is named in a Chinese sentence with a remedy")
    Stream<DynamicTest> anUnsafeEditIsRefused() {
        return edits().map(edit -> dynamicTest(edit.what(), () -> {
            List<Finding> findings = guard.findings(edit.files());

            assertThat(findings).extracting(Finding::element).contains(edit.element());
            assertThat(findings)
                    .allSatisfy(
                            finding -> assertThat(finding.text()).contains("请").endsWith("。"));
        }));
    }

    @Test
    @DisplayName("a refused deployment leaves nothing behind, not even what of it was safe")
    void aRefusedDeploymentLeavesNothingBehind() {
        long before = repository.createProcessDefinitionQuery().count();
        ModelEdit edited = new ModelEdit()
                .drop(DEREGISTRATION, "BoundaryEvent_NoticeLapsed")
                .drop(DEREGISTRATION, "Flow_NoticeLapsed");
        DeploymentBuilder deployment = repository.createDeployment().name("unsafe");
        edited.texts().forEach(deployment::addString);

        assertThatThrownBy(deployment::deploy)
                .isInstanceOf(UnsafeDeploymentException.class)
                .hasMessageContaining("UserTask_ReadNotice “阅读注销须知”会一直等下去");

        assertThat(repository.createProcessDefinitionQuery().count()).isEqualTo(before);
        assertThat(repository.createDeploymentQuery().deploymentName("unsafe").count())
                .isZero();
    }
}
