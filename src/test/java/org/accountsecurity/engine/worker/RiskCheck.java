package org.accountsecurity.engine.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.accountsecurity.testing.Modeler;

/** The shipped files, with an external task in the phone change as the guide for process owners shows it. */
public final class RiskCheck {

    public static final String PROCESS = "phone-unbinding";
    public static final String DIAGRAM = PROCESS + ".bpmn";
    static final String ASSESS_RISK = "ServiceTask_AssessRisk";
    static final String RISK_LATE = "BoundaryEvent_RiskLate";

    private static final Pattern EXAMPLE = Pattern.compile("(?s)```xml\\n(.*?)```");

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
        edit(files, "</bpmn:process>", example("docs/owners/for-process-owners.md") + "</bpmn:process>");
        edit(
                files,
                "<bpmndi:BPMNDiagram",
                "<bpmn:error id=\"Error_RiskUnknown\" name=\"无法评估\" errorCode=\"RISK_UNKNOWN\" /><bpmndi:BPMNDiagram");
        return files;
    }

    /** What a guide shows under the heading that tells of external tasks. */
    public static String example(String guide) {
        try {
            Matcher example =
                    EXAMPLE.matcher(Files.readString(Path.of(guide)).split("\n## (An external task|外部任务)\n")[1]);
            if (!example.find()) {
                throw new AssertionError(guide + " shows no external task");
            }
            return example.group(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Changes the diagram. */
    public static void edit(Map<String, String> files, String text, String otherwise) {
        if (!files.get(DIAGRAM).contains(text)) {
            throw new AssertionError(DIAGRAM + " has no " + text);
        }
        files.computeIfPresent(DIAGRAM, (name, content) -> content.replace(text, otherwise));
    }
}
