package org.accountsecurity.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.accountsecurity.engine.form.Form;
import org.accountsecurity.engine.form.TranslatedForm;
import org.accountsecurity.text.Messages;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.camunda.bpm.model.dmn.instance.OutputEntry;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** What forms, diagrams and decision tables say has English, of just the Chinese that they have. */
class TranslationTest {

    private static final Pattern CHINESE = Pattern.compile("\\p{IsHan}");
    /** Properties of activities that holders read. */
    private static final Set<String> READ = Set.of("takes", "action");

    /** What the release ships; what an owner adds may stay Chinese. */
    private static final Set<String> SHIPPED = Set.of(
            "account-deregistration.bpmn",
            "contested-request.bpmn",
            "data-erasure.bpmn",
            "data-retention.dmn",
            "deregistration-eligibility.dmn",
            "deregistration-policy.dmn",
            "deregistration-preparation.bpmn",
            "phone-unbinding.bpmn",
            "retention-purge.bpmn",
            "verification-code.bpmn",
            "verification-policy.dmn",
            "acknowledge-deregistration.form",
            "acknowledge-unbinding.form",
            "confirm-deregistration.form",
            "confirm-unbinding.form",
            "cool-off.form",
            "enter-code.form",
            "enter-new-phone.form",
            "handle-contest.form",
            "handle-stuck-erasure.form",
            "read-deregistration-notice.form",
            "read-refusal.form",
            "read-unbinding-notice.form",
            "renew-code.form",
            "request-deregistration.form",
            "request-phone-change.form",
            "resolve-open-items.form",
            "view-progress.form");

    @Test
    @DisplayName(
            "all that the release ships has English; what an owner has added or changed and not translated is listed")
    void allHasEnglish(TestReporter reporter) throws IOException {
        Map<String, Set<String>> missing = new TreeMap<>();
        Set<String> files = new TreeSet<>();
        for (String kind : List.of("bpmn", "dmn", "form")) {
            for (File file : Models.files(kind.equals("form") ? "forms" : "processes", kind)) {
                files.add(file.getName());
                texts(file, kind).forEach((key, text) -> {
                    if (CHINESE.matcher(text).find() && english(key, text).equals(text)) {
                        missing.computeIfAbsent(file.getName(), name -> new TreeSet<>())
                                .add(key);
                    }
                });
            }
        }
        missing.forEach((file, keys) -> {
            String warning =
                    "WARNING: " + file + " has texts without English, which are shown in Chinese. Add these keys to"
                            + " messages_zh_CN.properties, with just the text of the file, and to messages_en.properties: "
                            + keys;
            reporter.publishEntry(file, warning);
            System.err.println(warning);
        });

        assertThat(files).containsAll(SHIPPED);
        missing.keySet().retainAll(SHIPPED);
        assertThat(missing).isEmpty();
    }

    private static String english(String key, String text) {
        return Messages.in(Locale.ENGLISH, () -> Messages.translated(key, text));
    }

    private static Map<String, String> texts(File file, String kind) throws IOException {
        return switch (kind) {
            case "form" -> TranslatedForm.texts(Form.of(file.getName(), Files.readAllBytes(file.toPath())));
            case "dmn" -> ofTable(file);
            default -> ofDiagram(file);
        };
    }

    private static Map<String, String> ofTable(File file) {
        Map<String, String> texts = new TreeMap<>();
        Dmn.readModelFromFile(file)
                .getModelElementsByType(Decision.class)
                .forEach(decision -> decision.getModelInstance()
                        .getModelElementsByType(OutputEntry.class)
                        .forEach(cell -> {
                            String text = cell.getTextContent().strip().replaceAll("^\"|\"$", "");
                            texts.put("table." + decision.getId() + "." + text, text);
                        }));
        return texts;
    }

    private static Map<String, String> ofDiagram(File file) {
        Map<String, String> texts = new TreeMap<>();
        for (Process process : Bpmn.readModelFromFile(file).getModelElementsByType(Process.class)) {
            String key = "element." + process.getId();
            texts.put(key, process.getName());
            for (FlowNode node : process.getModelInstance().getModelElementsByType(FlowNode.class)) {
                String element = key + "." + node.getId();
                if (node.getName() != null) {
                    texts.put(element, node.getName());
                }
                if (node.getExtensionElements() != null) {
                    node.getExtensionElements().getDomElement().getChildElements().stream()
                            .flatMap(properties -> properties.getChildElements().stream())
                            .filter(property -> READ.contains(property.getAttribute("name")))
                            .forEach(property -> texts.put(
                                    element + "." + property.getAttribute("name"), property.getAttribute("value")));
                }
                if (node instanceof EndEvent && Boolean.TRUE.equals(process.isCamundaStartableInTasklist())) {
                    node.getDocumentations()
                            .forEach(meaning -> texts.put(element + ".meaning", meaning.getTextContent()));
                }
            }
        }
        return texts;
    }
}
