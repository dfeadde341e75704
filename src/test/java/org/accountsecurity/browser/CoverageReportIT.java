package org.accountsecurity.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.accountsecurity.testing.CoverageReport;
import org.accountsecurity.testing.FlowCoverage.Pass;
import org.accountsecurity.testing.RunningTest;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoverageReportIT {

    private static final Path PURGE = Path.of("processes/retention-purge.bpmn");
    private static final RunningTest.Name TEST = new RunningTest.Name("PurgeTest", "all goes <well>");
    private static final String ADDED = """
            <bpmn:sequenceFlow id="Flow_Added" name="新路径" sourceRef="StartEvent_PurgeDue" targetRef="EndEvent_RetainedPurged" />
            """;
    private static final String DRAWN = """
            <bpmndi:BPMNEdge id="Flow_Added_di" bpmnElement="Flow_Added">
            <di:waypoint x="180" y="100" /><di:waypoint x="180" y="300" /><di:waypoint x="600" y="300" />
            </bpmndi:BPMNEdge>
            """;

    @Test
    @DisplayName("a path that an owner adds is red and listed, while what the tests pass is green and names them")
    void aPathThatAnOwnerAddsIsRed(@TempDir Path folder) throws IOException {
        Files.writeString(
                folder.resolve("retention-purge.bpmn"),
                Files.readString(PURGE)
                        .replace("</bpmn:process>", ADDED + "</bpmn:process>")
                        .replace("</bpmndi:BPMNPlane>", DRAWN + "</bpmndi:BPMNPlane>"));

        CoverageReport.write(folder, passesOfTheShippedModel(), folder);

        try (Chromium chromium = new Chromium()) {
            Page page = chromium.page(1280, 900);
            List<String> errors = new ArrayList<>();
            page.onPageError(errors::add);
            page.navigate(folder.resolve("index.html").toUri().toString());
            assertThat(page.locator("li").allTextContents()).containsExactly("每小时一次 “新路径” → 到期记录已删除（Flow_Added）");

            page.getByText("到期清理").click();
            page.waitForSelector("body.drawn");

            assertThat(markers(page, "untested")).containsExactly("Flow_Added");
            assertThat(markers(page, "tested")).contains("Flow_PurgedNo", "ServiceTask_PurgeRetained");
            page.hover("[data-element-id=ServiceTask_PurgeRetained]");
            assertThat(page.locator("#hover").textContent()).contains("删除到期记录", "PurgeTest: all goes <well>");
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/pictures/process-coverage.png")));
            assertThat(errors).isEmpty();
        }
    }

    private static Set<Pass> passesOfTheShippedModel() {
        BpmnModelInstance shipped = Bpmn.readModelFromFile(PURGE.toFile());
        return shipped.getModelElementsByType(SequenceFlow.class).stream()
                .map(flow -> new Pass("retention-purge", flow.getId(), TEST))
                .collect(Collectors.toSet());
    }

    private static List<String> markers(Page page, String marker) {
        return page.locator("." + marker + "[data-element-id]").all().stream()
                .map((Locator drawn) -> drawn.getAttribute("data-element-id"))
                .toList();
    }
}
