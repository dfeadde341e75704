package org.accountsecurity.engine.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.accountsecurity.testing.ApplicationTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;

/** Files of the shapes that other modelers and other hands write, beside those that are shipped. */
@ApplicationTest
class FilesOfOtherToolsTest {

    private static final String ACCEPTED = "";
    private static final String TABLE = "data-retention.dmn";
    private static final String DMN = "https://www.omg.org/spec/DMN/20191111/MODEL/";
    private static final String DMNDI = "https://www.omg.org/spec/DMN/20191111/DMNDI/";
    private static final String FORM = "enter-code.form";
    private static final int LEVELS = 3_000;
    private static final int MOST = 20;

    @Autowired
    DeploymentGuard guard;

    private record File(String what, String file, String sentence, byte[] content) {}

    private static List<File> diagrams() {
        return List.of(
                diagram("two pools with lanes and a message between them", "含有 messageFlow，不在支持的范围内", definitions("""
                                <collaboration id="Pools">
                                  <participant id="Pool_Holder" name="持有人" processRef="holder" />
                                  <participant id="Pool_Shop" name="商城" />
                                  <messageFlow id="Message_1" sourceRef="Send" targetRef="Pool_Shop" />
                                </collaboration>
                                <process id="holder" isExecutable="true">
                                  <laneSet id="Lanes"><lane id="Lane_1" name="顾客"><flowNodeRef>Send</flowNodeRef></lane></laneSet>
                                  <startEvent id="Start" /><sendTask id="Send" name="申请" />
                                  <sequenceFlow id="F1" sourceRef="Start" targetRef="Send" />
                                </process>""")),
                diagram("a collapsed sub-process on a plane of its own", "没有可用的历史保存期限", definitions("""
                                <process id="collapsed" isExecutable="true">
                                  <startEvent id="Start" /><subProcess id="Inner" name="内层"><startEvent id="S2" /><endEvent id="E2" />
                                  <sequenceFlow id="F2" sourceRef="S2" targetRef="E2" /></subProcess><endEvent id="End" />
                                  <sequenceFlow id="F1" sourceRef="Start" targetRef="Inner" />
                                  <sequenceFlow id="F3" sourceRef="Inner" targetRef="End" />
                                </process>
                                <di:BPMNDiagram id="D1"><di:BPMNPlane id="P1" bpmnElement="collapsed" /></di:BPMNDiagram>
                                <di:BPMNDiagram id="D2"><di:BPMNPlane id="P2" bpmnElement="Inner" /></di:BPMNDiagram>""")),
                diagram("every element that is not known", "含有 scriptTask，不在支持的范围内", process("""
                                <dataObject id="Data" /><task id="T1" name="任务" /><manualTask id="T2" /><scriptTask id="T3"><script>x</script></scriptTask>
                                <receiveTask id="T4" /><inclusiveGateway id="G1" /><complexGateway id="G2" /><eventBasedGateway id="G3" />
                                <transaction id="X1"><startEvent id="XS" /></transaction><adHocSubProcess id="X2"><task id="XT" /></adHocSubProcess>
                                <intermediateThrowEvent id="I1"><signalEventDefinition id="SD" /></intermediateThrowEvent>
                                <intermediateCatchEvent id="I2"><messageEventDefinition id="MD" /></intermediateCatchEvent>""")),
                diagram("a diagram for Camunda 8", "含有 taskDefinition，不在支持的范围内", process("""
                                <serviceTask id="Zeebe" name="付款"><extensionElements>
                                  <z:taskDefinition xmlns:z="http://camunda.org/schema/zeebe/1.0" type="pay" /></extensionElements></serviceTask>""")),
                diagram(
                        "a diagram of Activiti",
                        "的属性 a:assignee 不在支持的范围内",
                        process(
                                "<userTask id=\"Old\" name=\"审批\" a:assignee=\"kermit\" xmlns:a=\"http://activiti.org/bpmn\" />")),
                diagram("an empty definition", "里没有流程", definitions("")),
                diagram("elements without ids", "的 userTask 没有填写 id", process("<userTask name=\"审批\" />")),
                diagram(
                        "a process without an id",
                        "other.bpmn 的 process 没有填写 id",
                        definitions("<process isExecutable=\"true\" />")),
                diagram(
                        "elements without names",
                        "没有路径能到达",
                        process(
                                "<serviceTask id=\"T1\" /><exclusiveGateway id=\"G1\" /><sequenceFlow id=\"F2\" sourceRef=\"T1\" targetRef=\"G1\" />")),
                diagram(
                        "a call that has just been drawn",
                        "Drawn “调用”的 callActivity 没有填写 calledElement",
                        process("<callActivity id=\"Drawn\" name=\"调用\" />")),
                diagram(
                        "a call whose called element was cleared",
                        "Drawn 的 callActivity 没有填写 calledElement",
                        process(
                                "<callActivity id=\"Drawn\" calledElement=\"\" c:calledElementBinding=\"deployment\" />")),
                diagram(
                        "a called process that calls itself twelve times",
                        "C11 之后没有路径",
                        process(call("C", "Start"))
                                .replace(
                                        "</definitions>",
                                        "<process id=\"again\" isExecutable=\"true\" c:historyTimeToLive=\"P30D\""
                                                + " c:isStartableInTasklist=\"false\"><startEvent id=\"Start2\" />"
                                                + IntStream.range(0, 12)
                                                        .mapToObj(i -> call("C" + i, i == 0 ? "Start2" : "C" + (i - 1)))
                                                        .collect(Collectors.joining())
                                                + "</process></definitions>")),
                diagram(
                        "a hundred tasks of a kind that is not known",
                        "处问题没有列出",
                        process(IntStream.range(0, 100)
                                .mapToObj(i -> "<scriptTask id=\"T" + i + "\" name=\"脚本\" />")
                                .collect(Collectors.joining()))),
                diagram(
                        "a name of several lines",
                        "Long “核对 订单 和 余额”会一直等下去",
                        process("<userTask id=\"Long\" name=\"核对&#10;订单&#13;&#10;和&#x2028;余额\" />")));
    }

    private static List<File> texts() {
        String plain = process("");
        String declared = plain.replace("UTF-8", "GB18030");
        return List.of(
                diagram("two elements with one id", "无法读取", process("<endEvent id=\"Start\" />")),
                diagram("an element and its shape with one id", "无法读取", definitions("""
                                <process id="other"><endEvent id="End" /></process>
                                <di:BPMNDiagram id="D1"><di:BPMNPlane id="End" bpmnElement="other" /></di:BPMNDiagram>""")),
                diagram(
                        "a DOCTYPE",
                        "DOCTYPE",
                        plain.replace("<definitions", "<!DOCTYPE definitions SYSTEM \"bpmn.dtd\"><definitions")),
                diagram(
                        "an entity that grows",
                        "DOCTYPE",
                        plain.replace(
                                "<definitions",
                                "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><definitions")),
                diagram("a BOM", "不是不带 BOM 的 UTF-8", "\uFEFF" + plain),
                file("UTF-16", "other.bpmn", "UTF-8", plain.getBytes(StandardCharsets.UTF_16)),
                file("UTF-16 without a BOM", "other.bpmn", "无法读取", plain.getBytes(StandardCharsets.UTF_16LE)),
                file("GB18030", "other.bpmn", "UTF-8", declared.getBytes(Charset.forName("GB18030"))),
                diagram("UTF-8 that says that it is something else", "声明的编码不是 UTF-8", declared),
                diagram(
                        "sub-processes in each other",
                        "无法读取",
                        process(IntStream.range(0, LEVELS)
                                        .mapToObj(i -> "<subProcess id=\"S" + i + "\">")
                                        .collect(Collectors.joining())
                                + "</subProcess>".repeat(LEVELS))),
                diagram(
                        "extensions in each other",
                        "无法读取",
                        process("<task id=\"T\"><extensionElements>" + "<x>".repeat(LEVELS) + "</x>".repeat(LEVELS)
                                + "</extensionElements></task>")),
                diagram("an empty file", "无法读取", ""),
                diagram("half of a file", "无法读取", plain.substring(0, plain.length() / 2)),
                diagram("JSON", "无法读取", "{}"),
                diagram("a web page", "不是 BPMN 2.0", "<html><body></body></html>"),
                diagram("a decision table", "不是 BPMN 2.0", table()),
                diagram(
                        "another prefix",
                        ACCEPTED,
                        plain.replace("<", "<b:")
                                .replace("<b:/", "</b:")
                                .replace("<b:?", "<?")
                                .replace("xmlns=", "xmlns:b=")));
    }

    private static List<File> tables() {
        return List.of(
                table("DMN 1.1", ACCEPTED, version("http://www.omg.org/spec/DMN/20151101/dmn.xsd", "")),
                table(
                        "DMN 1.2",
                        ACCEPTED,
                        version(
                                "http://www.omg.org/spec/DMN/20180521/MODEL/",
                                "http://www.omg.org/spec/DMN/20180521/DMNDI/")),
                table("DMN 1.3", ACCEPTED, table()),
                table("DMN 1.4", ACCEPTED, version("https://www.omg.org/spec/DMN/20211108/MODEL/", DMNDI)),
                table(
                        "DMN 1.5",
                        ACCEPTED,
                        version(
                                "https://www.omg.org/spec/DMN/20230324/MODEL/",
                                "https://www.omg.org/spec/DMN/20230324/DMNDI/")),
                table("DMN 1.6", "不是 DMN 1.1 到 1.5", version("https://www.omg.org/spec/DMN/20240513/MODEL/", DMNDI)),
                table("a diagram", "不是 DMN", process("")),
                table("a BOM", "不是不带 BOM 的 UTF-8", "\uFEFF" + table()),
                table("a DOCTYPE", "DOCTYPE", table().replace("<definitions", "<!DOCTYPE definitions><definitions")),
                file("UTF-16", TABLE, "UTF-8", table().getBytes(StandardCharsets.UTF_16)),
                table(
                        "two elements with one id",
                        "无法读取",
                        table().replace("DecisionTable_data-retention", "data-retention")),
                table(
                        "a decision without an id",
                        "data-retention.dmn 的 decision 没有填写 id",
                        table().replace("decision id=\"data-retention\"", "decision")),
                table(
                        "a decision without a table",
                        "算不出结果",
                        table().replaceFirst("(?s)<decisionTable.*</decisionTable>", "")),
                table(
                        "a column without an expression",
                        "无法读取",
                        table().replaceFirst("(?s)<inputExpression.*?</inputExpression>", "")),
                table(
                        "contexts in each other",
                        "无法读取",
                        table().replace(
                                        "<decisionTable",
                                        "<extensionElements>" + "<x>".repeat(LEVELS) + "</x>".repeat(LEVELS)
                                                + "</extensionElements><decisionTable")),
                table("an empty file", "无法读取", ""));
    }

    private static List<File> forms() {
        String form = shipped(FORM);
        return List.of(
                form("a BOM", "不是不带 BOM 的 UTF-8", "\uFEFF" + form),
                file("UTF-16", FORM, "UTF-8", form.getBytes(StandardCharsets.UTF_16)),
                form("a list", "无法读取", "[]"),
                form("an empty file", "无法读取", ""),
                form("no id", "无法读取", form.replace("\"id\": \"enter-code\"", "\"name\": \"enter-code\"")),
                form(
                        "components that are none",
                        "无法读取",
                        form.replace("\"components\": [", "\"components\": 3, \"others\": [")),
                form(
                        "groups in each other",
                        "无法读取",
                        form.replace(
                                "\"components\": [",
                                "\"components\": [" + "{\"components\": [".repeat(LEVELS) + "]}".repeat(LEVELS)
                                        + ",")));
    }

    private static File diagram(String what, String sentence, String content) {
        return file(what, "other.bpmn", sentence, content.getBytes(StandardCharsets.UTF_8));
    }

    private static File table(String what, String sentence, String content) {
        return file(what, TABLE, sentence, content.getBytes(StandardCharsets.UTF_8));
    }

    private static File form(String what, String sentence, String content) {
        return file(what, FORM, sentence, content.getBytes(StandardCharsets.UTF_8));
    }

    private static File file(String what, String file, String sentence, byte[] content) {
        return new File(file.replaceFirst(".*\\.", "") + ": " + what, file, sentence, content);
    }

    private static String call(String id, String after) {
        return """
                <callActivity id="%s" calledElement="again" c:calledElementBinding="deployment"><extensionElements>
                  <c:in businessKey="#{execution.processBusinessKey}" /></extensionElements></callActivity>
                <sequenceFlow id="Flow_%s" sourceRef="%s" targetRef="%s" />""".formatted(id, id, after, id);
    }

    private static String process(String content) {
        return definitions(
                "<process id=\"other\" isExecutable=\"true\" c:historyTimeToLive=\"P30D\" c:isStartableInTasklist=\"false\"><startEvent id=\"Start\" /><endEvent id=\"End\" />"
                        + "<sequenceFlow id=\"F1\" sourceRef=\"Start\" targetRef=\"End\" />" + content + "</process>");
    }

    private static String definitions(String content) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:c="http://camunda.org/schema/1.0/bpmn" xmlns:di="http://www.omg.org/spec/BPMN/20100524/DI" targetNamespace="x">
                """ + content + "</definitions>";
    }

    /** A table in another version of DMN; the first had no picture. */
    private static String version(String model, String picture) {
        String other = table().replace(DMN, model);
        return picture.isEmpty()
                ? other.replaceFirst("(?s)<dmndi:DMNDI>.*</dmndi:DMNDI>", "").replaceFirst("xmlns:dmndi=\"[^\"]*\"", "")
                : other.replace(DMNDI, picture);
    }

    private static String table() {
        return shipped(TABLE);
    }

    private static String shipped(String file) {
        return new ModelEdit().texts().get(file);
    }

    @TestFactory
    @DisplayName("no exception leaves the checks: a few Chinese sentences, a line each, say what to do")
    Stream<DynamicTest> noExceptionLeavesTheChecks() {
        return Stream.of(diagrams(), texts(), tables(), forms())
                .flatMap(List::stream)
                .map(one ->
                        dynamicTest(one.what(), () -> leavesNoException(one.file(), one.sentence(), one.content())));
    }

    private void leavesNoException(String file, String sentence, byte[] content) {
        Map<String, byte[]> files = file.equals(TABLE) ? new ModelEdit().files() : new HashMap<>();
        files.put(file, content);

        List<Finding> findings = guard.findings(files);

        if (sentence.equals(ACCEPTED)) {
            assertThat(findings).isEmpty();
            return;
        }
        assertThat(findings)
                .hasSizeBetween(1, MOST)
                .doesNotHaveDuplicates()
                .anySatisfy(finding -> assertThat(finding.toString()).contains(sentence))
                .allSatisfy(finding -> assertThat(finding.toString())
                        .matches("\\S+ .*\\p{IsHan}.*请.*。")
                        .doesNotContain("null")
                        .doesNotContainPattern("\\R"));
    }
}
