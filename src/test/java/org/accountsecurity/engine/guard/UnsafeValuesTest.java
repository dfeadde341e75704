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

/** Values that would let a safe path do what it does not say: each is refused, and nothing but it is to blame. */
@ApplicationTest
class UnsafeValuesTest {

    private static final String DEREGISTRATION = "account-deregistration";
    private static final String ERASURE = "data-erasure";
    private static final String VERIFICATION = "verification-code";
    private static final String UNBINDING = "phone-unbinding";
    private static final String CONFIRM = "confirm-deregistration.form";
    private static final String NOTICE = "read-deregistration-notice.form";
    private static final String CODE = "enter-code.form";
    private static final String POLICY = "verification-policy.dmn";
    private static final String COMPONENTS = "\"components\": [";
    private static final String ASYNC = " camunda:asyncBefore=\"true\"";
    private static final String CHOICE = "\"key\": \"choice\",";
    private static final String LISTENER =
            "<camunda:executionListener delegateExpression=\"${deregistrationEndedListener}\" event=\"end\" />";

    @Autowired
    DeploymentGuard guard;

    static Stream<Arguments> edits() {
        return Stream.of(
                        tables(),
                        limits(),
                        transactions(),
                        questions(),
                        sources(),
                        timers(),
                        processes(),
                        listeners(),
                        components())
                .flatMap(List::stream);
    }

    private static List<Arguments> tables() {
        return List.of(
                edit(
                        "more tries from some day on",
                        "verification-policy",
                        edit -> edit.replace(
                                POLICY,
                                "<text>5</text>",
                                "<text>if today() &gt; date(\"2027-06-01\") then 100 else 5</text>")),
                edit(
                        "more tries from some minute on",
                        "verification-policy",
                        edit -> edit.replace(
                                POLICY,
                                "<text>5</text>",
                                "<text>if now() &gt; date and time(\"2027-06-01T00:00:00\") then 100 else 5</text>")),
                edit(
                        "no verification from some day on",
                        "verification-policy",
                        edit -> edit.replace(
                                POLICY, "<text>true</text>", "<text>today() &lt; date(\"2027-06-01\")</text>")),
                edit(
                        "a row for some days only",
                        "verification-policy",
                        edit -> edit.replace(
                                POLICY,
                                "<text>\"DEREGISTRATION\"</text>",
                                "<text>if today() &lt; date(\"2027-06-01\") then \"DEREGISTRATION\" else \"\"</text>")),
                edit(
                        "another column to ask by",
                        "verification-policy",
                        edit -> edit.replace(
                                        POLICY,
                                        "<output id=\"Output_required\"",
                                        "<input id=\"Input_day\" label=\"星期\"><inputExpression id=\"InputExpression_day\" typeRef=\"string\"><text>day of week(today())</text></inputExpression></input><output id=\"Output_required\"")
                                .replace(
                                        POLICY,
                                        "<outputEntry id=\"Rule_Deregistration_required\">",
                                        "<inputEntry id=\"Rule_Deregistration_day\"><text></text></inputEntry><outputEntry id=\"Rule_Deregistration_required\">")),
                hitPolicy("COLLECT"),
                hitPolicy("FIRST"),
                hitPolicy("RULE ORDER"));
    }

    private static Arguments hitPolicy(String policy) {
        return edit(
                "the rows count as " + policy,
                "verification-policy",
                edit -> edit.replace(POLICY, "<decisionTable id=", "<decisionTable hitPolicy=\"" + policy + "\" id="));
    }

    private static List<Arguments> limits() {
        return List.of(
                output("a pause of a second", "pause", "\"PT1H\"", "\"PT1S\""),
                output("a pause of a month", "pause", "\"PT1H\"", "\"P30D\""),
                output("a million codes an hour", "sendsPerHour", "5", "1000000"),
                output("a million codes a day", "sendsPerDay", "10", "1000000"),
                output("a code that dies at once", "timeToLive", "\"PT5M\"", "\"PT1S\""),
                output("a day between two codes", "waits", "\"PT60S,PT120S,PT300S\"", "\"P1D\""),
                edit(
                        "codes without end to any number",
                        "verification-policy",
                        edit -> edit.replace(POLICY, "<text>1000</text>", "<text></text>")),
                keptFor("P1D"),
                keptFor("P1000Y"),
                keptFor("P-3Y"));
    }

    private static Arguments output(String what, String column, String value, String otherwise) {
        String cell = "Rule_Deregistration_" + column + "\">\n          <text>";
        return edit(
                what, "verification-policy", edit -> edit.replace(POLICY, cell + value + "<", cell + otherwise + "<"));
    }

    private static Arguments keptFor(String period) {
        return edit(
                "records are kept for " + period,
                "data-retention",
                edit -> edit.replace("data-retention.dmn", "\"P3Y\"", "\"" + period + "\""));
    }

    private static List<Arguments> transactions() {
        return List.of(
                joins(ERASURE, "ServiceTask_Erase"),
                joins(ERASURE, "ServiceTask_VerifyAbsence"),
                joins(ERASURE, "ServiceTask_IssueReceipt"),
                joins(UNBINDING, "ServiceTask_NotifyBothNumbers"));
    }

    private static Arguments joins(String process, String element) {
        return edit(
                element + " joins the transaction before it",
                element,
                edit -> edit.change(process, element, ASYNC, ""));
    }

    private static List<Arguments> questions() {
        return List.of(
                edit(
                        "the confirmation is filled in already",
                        CONFIRM,
                        edit -> edit.replace(CONFIRM, CHOICE, CHOICE + "\"defaultValue\": \"CONFIRM\",")),
                edit(
                        "the new number is confirmed already",
                        "confirm-unbinding.form",
                        edit -> edit.replace(
                                "confirm-unbinding.form", CHOICE, CHOICE + "\"defaultValue\": \"CONFIRM\",")),
                edit(
                        "the consent is ticked already",
                        NOTICE,
                        edit -> edit.replace(
                                NOTICE, "\"key\": \"consent\",", "\"key\": \"consent\", \"defaultValue\": true,")),
                edit(
                        "the consent is not needed",
                        NOTICE,
                        edit -> edit.replace(NOTICE, "\"required\": true", "\"required\": false")),
                edit(
                        "the consent is hidden by itself",
                        NOTICE,
                        edit -> edit.replace(NOTICE, "\"=choice != \\\"CONTINUE\\\"\"", "\"=consent = null\"")),
                edit(
                        "the consent is to something else",
                        NOTICE,
                        edit -> edit.replace(NOTICE, "我已阅读并同意以上注销须知", "我想接收优惠信息")),
                edit(
                        "the notice is not shown with the consent",
                        NOTICE,
                        edit -> edit.replace(NOTICE, "{{notice}}", "见网站")),
                edit(
                        "the confirmation is hidden without a condition",
                        CONFIRM,
                        edit -> edit.replace(CONFIRM, CHOICE, CHOICE + "\"conditional\": {\"hide\": true},")),
                edit(
                        "the confirmation is hidden",
                        CONFIRM,
                        edit -> edit.replace(CONFIRM, CHOICE, CHOICE + "\"conditional\": {\"hide\": \"=true\"},")),
                edit(
                        "the confirmation is not needed",
                        CONFIRM,
                        edit -> edit.replace(CONFIRM, "\"required\": true", "\"required\": false")),
                edit(
                        "there is nothing but to confirm",
                        CONFIRM,
                        edit -> edit.replaceAll(CONFIRM, "(?s),\\s*\\{[^{}]*\"WITHDRAW\"[^{}]*}", "")),
                edit(
                        "the notice is not shown with the confirmation",
                        CONFIRM,
                        edit -> edit.replace(CONFIRM, "{{notice}}", "请确认")),
                edit(
                        "the notice is hidden at the confirmation",
                        CONFIRM,
                        edit -> edit.replace(
                                CONFIRM,
                                "\"text\": \"{{notice}}\",",
                                "\"text\": \"{{notice}}\", \"conditional\": {\"hide\": \"=true\"},")),
                edit(
                        "labels and names of the answers are swapped alike",
                        CONFIRM,
                        edit -> edit.replace(CONFIRM, "\"CONFIRM\"", "\"OTHER\"")
                                .replace(CONFIRM, "\"WITHDRAW\"", "\"CONFIRM\"")
                                .replace(CONFIRM, "\"OTHER\"", "\"WITHDRAW\"")
                                .change(DEREGISTRATION, "Flow_ConfirmedYes", "name=\"确认\"", "name=\"撤回\"")
                                .change(DEREGISTRATION, "Flow_ConfirmedNo", "name=\"撤回\"", "name=\"确认\"")),
                edit(
                        "the consent is a constant",
                        "ServiceTask_RecordConsent",
                        edit -> edit.replace(NOTICE, "\"key\": \"consent\"", "\"key\": \"agreed\"")
                                .replace(
                                        DEREGISTRATION + ".bpmn",
                                        "<bpmn:incoming>Flow_NoticeAcceptedYes</bpmn:incoming>",
                                        input("consent", "true")
                                                + "<bpmn:incoming>Flow_NoticeAcceptedYes</bpmn:incoming>")));
    }

    private static String input(String name, String value) {
        return "<bpmn:extensionElements><camunda:inputOutput><camunda:inputParameter name=\"" + name + "\">" + value
                + "</camunda:inputParameter></camunda:inputOutput></bpmn:extensionElements>";
    }

    private static List<Arguments> sources() {
        return List.of(
                checkCode("purpose", "PHONE_UNBINDING"),
                checkCode("code", "123456"),
                edit(
                        "one data set is erased over and over",
                        "ServiceTask_Erase",
                        edit -> edit.replaceAll(
                                ERASURE + ".bpmn",
                                "(?s)(id=\"ServiceTask_Erase\".*?<bpmn:extensionElements>)",
                                "$1<camunda:inputOutput><camunda:inputParameter name=\"dataSet\">orders</camunda:inputParameter></camunda:inputOutput>")),
                edit(
                        "a form sets what is proven, only just",
                        CODE,
                        edit -> edit.replace(
                                CODE, COMPONENTS, COMPONENTS + field("codeResult", "\"readonly\": \"=false\","))),
                edit(
                        "a form sets what a code is for",
                        CODE,
                        edit -> edit.replace(CODE, COMPONENTS, COMPONENTS + field("purpose", ""))),
                edit(
                        "a form sets what is erased",
                        "handle-stuck-erasure.form",
                        edit -> edit.replace(
                                "handle-stuck-erasure.form", COMPONENTS, COMPONENTS + field("dataSet", ""))),
                edit(
                        "a form writes the message of the system",
                        "cool-off.form",
                        edit -> edit.replace("cool-off.form", COMPONENTS, COMPONENTS + field("notReadyAt", ""))),
                edit(
                        "a purpose that there is not",
                        "CallActivity_VerifyHolder",
                        edit -> edit.replace(
                                UNBINDING + ".bpmn",
                                "sourceExpression=\"PHONE_UNBINDING\"",
                                "sourceExpression=\"FOO\"")),
                edit(
                        "somebody else is verified",
                        "CallActivity_EraseData",
                        edit -> edit.replaceAll(
                                DEREGISTRATION + ".bpmn",
                                "(?s)(id=\"CallActivity_EraseData\".*?<camunda:in )source=\"subject\"",
                                "$1sourceExpression=\"acct-10002\"")),
                edit(
                        "a variable that nobody writes",
                        "CallActivity_VerifyHolder",
                        edit -> edit.replace(DEREGISTRATION + ".bpmn", "source=\"channel\"", "source=\"chanel\"")),
                edit(
                        "a request is not handed over",
                        "CallActivity_EraseData",
                        edit -> edit.replaceAll(
                                DEREGISTRATION + ".bpmn",
                                "(?s)(id=\"CallActivity_EraseData\".*?)<camunda:in businessKey=\"[^\"]*\" />",
                                "$1")),
                edit(
                        "one request for all",
                        "CallActivity_EraseData",
                        edit -> edit.replaceAll(
                                DEREGISTRATION + ".bpmn",
                                "(?s)(id=\"CallActivity_EraseData\".*?<camunda:in businessKey=)\"[^\"]*\"",
                                "$1\"request\"")));
    }

    private static Arguments checkCode(String name, String value) {
        return edit(
                "the check of a code is told its " + name,
                "ServiceTask_CheckCode",
                edit -> edit.replace(
                        VERIFICATION + ".bpmn",
                        "<bpmn:incoming>Flow_CodeChoiceSubmit</bpmn:incoming>",
                        input(name, value) + "<bpmn:incoming>Flow_CodeChoiceSubmit</bpmn:incoming>"));
    }

    private static String field(String key, String more) {
        return "{\"type\": \"textfield\", " + more + " \"key\": \"" + key
                + "\", \"label\": \"留言\", \"id\": \"Field_more\"},";
    }

    private static List<Arguments> timers() {
        String notice = "BoundaryEvent_NoticeLapsed";
        return List.of(
                timer(DEREGISTRATION, notice, "3 days"),
                timer(DEREGISTRATION, notice, "3D"),
                timer(DEREGISTRATION, notice, ""),
                timer(DEREGISTRATION, notice, "PT0S"),
                timer(DEREGISTRATION, notice, "P100Y"),
                timer(DEREGISTRATION, notice, "P1000D"),
                timer(DEREGISTRATION, notice, "PT-1H"),
                timer(ERASURE, "IntermediateCatchEvent_StillStuck", "PT0S"),
                timer(VERIFICATION, "BoundaryEvent_CodeExpired", "${message}"),
                timer(VERIFICATION, "BoundaryEvent_CodeExpired", "2030-01-01T00:00:00"),
                timer(DEREGISTRATION, "StartEvent_FirstWarningDue", "${deregistrationDeadline.class}"),
                timer("contested-request", "BoundaryEvent_ContestWaits", "R/PT0S"),
                timer("contested-request", "BoundaryEvent_ContestWaits", "0 0 * * * ?"),
                timer("contested-request", "BoundaryEvent_ContestWaits", "R0/P3D"),
                edit(
                        "a timer has no time",
                        notice,
                        edit -> edit.replace(
                                DEREGISTRATION + ".bpmn",
                                "<bpmn:timeDuration xsi:type=\"bpmn:tFormalExpression\">P3D</bpmn:timeDuration>",
                                "")),
                retries("soon"),
                retries("R2000000000/PT0S"),
                retries("R21/PT1M"),
                retries("PT10S,"),
                retries("P100D"),
                edit(
                        "an expiry that the system moves has another id",
                        "ServiceTask_IssueCode",
                        edit -> edit.replace(
                                VERIFICATION + ".bpmn", "BoundaryEvent_CodeExpired", "BoundaryEvent_Expired")));
    }

    private static Arguments timer(String process, String event, String otherwise) {
        return edit(
                event + " waits for " + otherwise,
                event,
                edit -> edit.replaceAll(
                        process + ".bpmn",
                        "(id=\"" + event + "_Definition\"><bpmn:time\\w+ [^>]*>)[^<]*<",
                        "$1" + otherwise.replace("$", "\\$") + "<"));
    }

    private static Arguments retries(String cycle) {
        return edit(
                "a job is tried again: " + cycle,
                "ServiceTask_NotifyBothNumbers",
                edit -> edit.replace(UNBINDING + ".bpmn", "PT1M,PT10M,PT1H,PT6H,P1D", cycle));
    }

    private static List<Arguments> processes() {
        return List.of(
                edit(
                        "a process is not executable",
                        VERIFICATION,
                        edit -> edit.change(
                                VERIFICATION, VERIFICATION, "isExecutable=\"true\"", "isExecutable=\"false\"")),
                historyOf("half a year"),
                historyOf("P0D"),
                historyOf("P100Y"),
                historyOf("P99999D"),
                historyOf("${subject}"),
                edit(
                        "the history of a table is kept for no time",
                        "verification-policy",
                        edit -> edit.replace(POLICY, "\"P190D\"", "\"P0D\"")),
                edit(
                        "alternatives are joined",
                        "Gateway_Joined",
                        edit -> edit.redirect(DEREGISTRATION, "Flow_RequestOpened", "Gateway_Joined")
                                .redirect(DEREGISTRATION, "Flow_CooledOffNo", "Gateway_Joined")
                                .redirect(DEREGISTRATION, "Flow_NotReadyTold", "Gateway_Joined")
                                .replaceAll(
                                        DEREGISTRATION + ".bpmn",
                                        "<bpmn:incoming>Flow_(RequestOpened|CooledOffNo|NotReadyTold)</bpmn:incoming>",
                                        "")
                                .add(DEREGISTRATION, """
                            <bpmn:parallelGateway id="Gateway_Joined" />
                            <bpmn:sequenceFlow id="Flow_Joined" sourceRef="Gateway_Joined" targetRef="CallActivity_Prepare" />""")),
                edit("there are two beginnings", DEREGISTRATION, edit -> edit.add(DEREGISTRATION, """
                            <bpmn:startEvent id="StartEvent_Other" name="另一个" />
                            <bpmn:sequenceFlow id="Flow_Other" sourceRef="StartEvent_Other" targetRef="ServiceTask_OpenRequest" />""")),
                edit("a process also begins by itself", DEREGISTRATION, edit -> edit.add(DEREGISTRATION, """
                            <bpmn:startEvent id="StartEvent_Daily" name="每天"><bpmn:timerEventDefinition id="StartEvent_Daily_Definition"><bpmn:timeCycle xsi:type="bpmn:tFormalExpression">R/P1D</bpmn:timeCycle></bpmn:timerEventDefinition></bpmn:startEvent>
                            <bpmn:sequenceFlow id="Flow_Daily" sourceRef="StartEvent_Daily" targetRef="ServiceTask_OpenRequest" />""")),
                edit(
                        "a holder's process begins by itself",
                        "StartEvent_DeregistrationRequested",
                        edit -> edit.replaceAll(
                                DEREGISTRATION + ".bpmn",
                                "(?s)(id=\"StartEvent_DeregistrationRequested\".*?)</bpmn:startEvent>",
                                "$1<bpmn:timerEventDefinition id=\"Daily\"><bpmn:timeCycle xsi:type=\"bpmn:tFormalExpression\">R/P1D</bpmn:timeCycle></bpmn:timerEventDefinition></bpmn:startEvent>")),
                edit(
                        "a sub-process has two beginnings",
                        "SubProcess_CoolOff",
                        edit -> edit.replace(
                                DEREGISTRATION + ".bpmn",
                                "<bpmn:sequenceFlow id=\"Flow_CoolingOffEntered\"",
                                "<bpmn:startEvent id=\"StartEvent_Other\" name=\"另一个\" /><bpmn:sequenceFlow id=\"Flow_Other\" sourceRef=\"StartEvent_Other\" targetRef=\"ServiceTask_BeginCoolingOff\" /><bpmn:sequenceFlow id=\"Flow_CoolingOffEntered\"")),
                edit(
                        "two files have the same process",
                        "second.bpmn",
                        edit -> edit.texts().put("second.bpmn", edit.texts().get(UNBINDING + ".bpmn"))),
                edit(
                        "two files have the same form",
                        "second.form",
                        edit -> edit.texts().put("second.form", edit.texts().get(CODE))));
    }

    private static Arguments historyOf(String period) {
        return edit(
                "history is kept for " + period,
                DEREGISTRATION,
                edit -> edit.replace(DEREGISTRATION + ".bpmn", "\"P190D\"", "\"" + period + "\""));
    }

    private static List<Arguments> listeners() {
        String file = DEREGISTRATION + ".bpmn";
        return List.of(
                edit("nobody ends the request", DEREGISTRATION, edit -> edit.replace(file, LISTENER, "")),
                edit(
                        "the request ends when it begins",
                        DEREGISTRATION,
                        edit -> edit.replace(file, LISTENER, LISTENER.replace("\"end\"", "\"start\""))),
                edit(
                        "another process' request ends",
                        DEREGISTRATION,
                        edit -> edit.replace(file, LISTENER, LISTENER.replace("deregistrationEnded", "contestEnded"))),
                edit(
                        "the request ends twice",
                        DEREGISTRATION,
                        edit -> edit.replace(file, LISTENER, LISTENER + LISTENER)),
                edit(
                        "a contest does not end",
                        "contested-request",
                        edit -> edit.replaceAll("contested-request.bpmn", "<camunda:executionListener [^>]*/>", "")),
                edit(
                        "the request ends at a task",
                        "ServiceTask_RecordConsent",
                        edit -> edit.replace(
                                file,
                                "<bpmn:incoming>Flow_NoticeAcceptedYes</bpmn:incoming>",
                                "<bpmn:extensionElements>" + LISTENER
                                        + "</bpmn:extensionElements><bpmn:incoming>Flow_NoticeAcceptedYes</bpmn:incoming>")));
    }

    private static List<Arguments> components() {
        return List.of(
                component("iframe", "\"url\": \"https://example.org\""),
                component("html", "\"content\": \"<b>x</b>\""),
                component("dynamiclist", "\"path\": \"codeResult\", \"components\": []"),
                edit(
                        "two fields have one key",
                        CODE,
                        edit -> edit.replace(CODE, COMPONENTS, COMPONENTS + field("code", ""))),
                edit(
                        "a condition can't be evaluated",
                        CODE,
                        edit -> edit.replace(CODE, "=choice != \\\"SUBMIT\\\"", "=((")),
                edit("a pattern can't be read", CODE, edit -> edit.replace(CODE, "^[0-9]{6}$", "[")),
                edit(
                        "a group is hidden",
                        CODE,
                        edit -> edit.replace(
                                CODE,
                                COMPONENTS,
                                COMPONENTS
                                        + "{\"type\": \"group\", \"id\": \"Field_group\", \"conditional\": {\"hide\": \"=choice = null\"}, \"components\": []},")),
                edit(
                        "the holder is not told what is asked for",
                        "StartEvent_DeregistrationRequested",
                        edit -> edit.change(
                                DEREGISTRATION,
                                "StartEvent_DeregistrationRequested",
                                " camunda:formRef=\"[^\"]*\" camunda:formRefBinding=\"[^\"]*\"",
                                "")),
                edit(
                        "a task has no name",
                        "UserTask_ReadNotice",
                        edit -> edit.change(DEREGISTRATION, "UserTask_ReadNotice", " name=\"[^\"]*\"", "")),
                edit(
                        "a priority is a word",
                        "UserTask_ReadNotice",
                        edit -> edit.change(
                                DEREGISTRATION,
                                "UserTask_ReadNotice",
                                " camunda:assignee",
                                " camunda:priority=\"high\" camunda:assignee")));
    }

    private static Arguments component(String type, String what) {
        return edit(
                "a form has an element of the kind " + type,
                CODE,
                edit -> edit.replace(
                        CODE,
                        COMPONENTS,
                        COMPONENTS + "{\"type\": \"" + type + "\", " + what + ", \"id\": \"Field_more\"},"));
    }

    private static Arguments edit(String what, String element, Consumer<ModelEdit> edit) {
        return arguments(what, element, edit);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("edits")
    @DisplayName(
            "an unsafe value is refused, and only the element to blame is named in a Chinese sentence with a remedy")
    void anUnsafeValueIsRefused(String what, String element, Consumer<ModelEdit> edit) {
        ModelEdit edited = new ModelEdit();
        edit.accept(edited);

        assertThat(guard.findings(edited.files())).isNotEmpty().allSatisfy(finding -> {
            assertThat(finding.element()).isEqualTo(element);
            assertThat(finding.text()).contains("请").endsWith("。");
        });
    }
}
