package org.accountsecurity.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnersGuideTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| (.*`[A-Z].*`) \\| .+ \\|$");

    @ParameterizedTest
    @ValueSource(strings = {"docs/owners/for-process-owners.md", "docs/owners/for-process-owners.zh-CN.md"})
    @DisplayName("the guide has one line for each element of each process, under its present name")
    void theGuideHasALineForEachElement(String guide) throws IOException {
        String text = Files.readString(Path.of(guide));
        for (File diagram : Models.files("processes", "bpmn")) {
            String heading = "`" + Models.name(diagram) + "`\n\n![";
            assertThat(text).contains(heading);
            String section = text.substring(text.indexOf(heading)).split("\n## ")[0];

            assertThat(rows(section))
                    .as(diagram.getName())
                    .containsExactlyInAnyOrderElementsOf(
                            Bpmn.readModelFromFile(diagram).getModelElementsByType(FlowNode.class).stream()
                                    .map(OwnersGuideTest::label)
                                    .toList());
        }
    }

    private static List<String> rows(String section) {
        Matcher rows = ROW.matcher(section);
        return rows.results().map(row -> row.group(1)).toList();
    }

    private static String label(FlowNode node) {
        return (node.getName() == null ? "" : node.getName() + " ") + "`" + node.getId() + "`";
    }
}
