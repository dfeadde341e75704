package org.accountsecurity.engine.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.accountsecurity.ApplicationTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;

/** Values that would let a safe path do what it does not say: each is refused, and nothing but it is to blame. */
@ApplicationTest
class UnsafeValuesTest {

    private static final String DEREGISTRATION = "account-deregistration";
    private static final String ERASURE = "data-erasure";
    private static final String VERIFICATION = "verification-code";
    private static final String UNBINDING = "phone-unbinding";
    private static final String CODE = "enter-code.form";
    private static final String POLICY = "verification-policy.dmn";
    private static final String COMPONENTS = "\"components\": [";
    private static final String LISTENER =
            "<camunda:executionListener delegateExpression=\"${deregistrationEndedListener}\" event=\"end\" />";

    @Autowired
    DeploymentGuard guard;

    static Stream<Edit> edits() {
        return Stream.of(tables(), limits(), sources(), timers(), processes(), listeners(), components())
                .flatMap(List::stream);
    }

    private static List<Edit> tables() {
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

    private static Edit hitPolicy(String policy) {
        return edit(
                "the rows count as " + policy,
                "verification-policy",
                edit -> edit.replace(POLICY, "<decisionTable id=", "<decisionTable hitPolicy=\"" + policy + "\" id="));
    }

    private static List<Edit> limits() {
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

    private static Edit output(String what, String column, String value, String otherwise) {
        String cell = "Rule_Deregistration_" + column + "\">\n          <text>";
        return edit(
                what, "verification-policy", edit -> edit.replace(POLICY, cell + value + "<", cell + otherwise + "<"));
    }

    private static Edit keptFor(String period) {
        return edit(
                "records are kept for " + period,
                "data-retention",
                edit -> edit.replace("data-retention.dmn", "\"P3Y\"", "\"" + period + "\""));
    }

    private static String input(String name, String value) {
        return "<bpmn:extensionElements><camunda:inputOutput><camunda:inputParameter name=\"" + name + "\">" + value
                + "</camunda:inputParameter></camunda:inputOutput></bpmn:extensionElements>";
    }

    private static List<Edit> sources() {
        return List.of(
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

    private static Edit checkCode(String name, String value) {
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

    private static List<Edit> timers() {
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
                retries("P100D"));
    }

    private static Edit timer(String process, String event, String otherwise) {
        return edit(
                event + " waits for " + otherwise,
                event,
                edit -> edit.replaceAll(
                        process + ".bpmn",
                        "(id=\"" + event + "_Definition\"><bpmn:time\\w+ [^>]*>)[^<]*<",
                        "$1" + otherwise.replace("$", "\\$") + "<"));
    }

    private static Edit retries(String cycle) {
        return edit(
                "a job is tried again: " + cycle,
                "ServiceTask_NotifyBothNumbers",
                edit -> edit.replace(UNBINDING + ".bpmn", "PT1M,PT10M,PT1H,PT6H,P1D", cycle));
    }

    private static List<Edit> processes() {
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
                        "two files have the same process",
                        "second.bpmn",
                        edit -> edit.texts().put("second.bpmn", edit.texts().get(UNBINDING + ".bpmn"))),
                edit(
                        "two files have the same form",
                        "second.form",
                        edit -> edit.texts().put("second.form", edit.texts().get(CODE))));
    }

    private static Edit historyOf(String period) {
        return edit(
                "history is kept for " + period,
                DEREGISTRATION,
                edit -> edit.replace(DEREGISTRATION + ".bpmn", "\"P190D\"", "\"" + period + "\""));
    }

    private static List<Edit> listeners() {
        String file = DEREGISTRATION + ".bpmn";
        return List.of(
                edit(
                        "the request ends when it begins",
                        DEREGISTRATION,
                        edit -> edit.replace(file, LISTENER, LISTENER.replace("\"end\"", "\"start\""))),
                edit(
                        "the request ends at a task",
                        "ServiceTask_RevokeLogin",
                        edit -> edit.replace(
                                file,
                                "<bpmn:incoming>Flow_ResultAcknowledged</bpmn:incoming>",
                                "<bpmn:extensionElements>" + LISTENER
                                        + "</bpmn:extensionElements><bpmn:incoming>Flow_ResultAcknowledged</bpmn:incoming>")));
    }

    private static List<Edit> components() {
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

    private static Edit component(String type, String what) {
        return edit(
                "a form has an element of the kind " + type,
                CODE,
                edit -> edit.replace(
                        CODE,
                        COMPONENTS,
                        COMPONENTS + "{\"type\": \"" + type + "\", " + what + ", \"id\": \"Field_more\"},"));
    }

    private static Edit edit(String what, String element, Consumer<ModelEdit> edit) {
        return new Edit(what, element, edit);
    }

    @TestFactory
    @DisplayName(
            "an unsafe value is refused, and only the element to blame is named in a Chinese sentence with a remedy")
    Stream<DynamicTest> anUnsafeValueIsRefused() {
        return edits().map(edit -> dynamicTest(
                edit.what(),
                () -> assertThat(guard.findings(edit.files())).isNotEmpty().allSatisfy(finding -> {
                    assertThat(finding.element()).isEqualTo(edit.element());
                    assertThat(finding.text()).contains("请").endsWith("。");
                })));
    }
}
