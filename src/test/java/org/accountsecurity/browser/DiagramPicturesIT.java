package org.accountsecurity.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Draws each diagram with the library that Modeler draws with, and keeps the picture. */
class DiagramPicturesIT {

    private static final String VIEWER = "META-INF/resources/webjars/bpmn-js/8.0.0/dist/bpmn-viewer.production.min.js";
    private static final int MARGIN = 20;
    /** Room for the library's logo, which its licence wants to be seen. */
    private static final int FOOT = 50;

    private static Chromium chromium;

    @BeforeAll
    static void openBrowser() {
        chromium = new Chromium();
    }

    @AfterAll
    static void closeBrowser() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "account-deregistration",
                "deregistration-preparation",
                "verification-code",
                "data-erasure",
                "retention-purge",
                "phone-unbinding",
                "contested-request"
            })
    @DisplayName("the diagram opens without a warning")
    void theDiagramOpensWithoutAWarning(String process) throws IOException {
        Page page = chromium.page(800, 600);
        page.setContent("<body style='margin:0'><div id='canvas' style='width:100vw;height:100vh'></div></body>");
        page.evaluate(
                "source => { const s = document.createElement('script'); s.textContent = source;"
                        + " document.head.append(s); }",
                viewer());

        Object warnings = page.evaluate(
                "async xml => { window.viewer = new BpmnJS({ container: '#canvas' });"
                        + " return (await viewer.importXML(xml)).warnings.map(String); }",
                Files.readString(Path.of("processes", process + ".bpmn")));

        assertThat((List<?>) warnings).isEmpty();
        Map<?, ?> box = (Map<?, ?>) page.evaluate("() => { const b = viewer.get('canvas').viewbox().inner;"
                + " return { x: b.x, y: b.y, width: b.width, height: b.height }; }");
        page.setViewportSize(length(box.get("width")), length(box.get("height")) + FOOT);
        page.evaluate(
                "([box, margin, foot]) => { const canvas = viewer.get('canvas'); canvas.resized();"
                        + " canvas.viewbox({ x: box.x - margin, y: box.y - margin,"
                        + " width: box.width + 2 * margin, height: box.height + 2 * margin + foot }); }",
                List.of(box, MARGIN, FOOT));
        page.screenshot(new Page.ScreenshotOptions().setPath(Chromium.picture(process)));
        page.context().close();
    }

    private static int length(Object inner) {
        return (int) Math.ceil(((Number) inner).doubleValue()) + 2 * MARGIN;
    }

    private static String viewer() throws IOException {
        try (InputStream viewer = DiagramPicturesIT.class.getClassLoader().getResourceAsStream(VIEWER)) {
            return new String(viewer.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
