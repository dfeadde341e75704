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

    /**
     * The names that are shortened, wider than their box, under an event or across a frame, or have a character that is drawn otherwise than in Chinese: a
     * Japanese font has some of them narrower, as if they were cut.
     */
    private static final String CUT_NAMES = """
            () => {
              const registry = viewer.get('elementRegistry');
              const pen = language => {
                const canvas = document.createElement('canvas');
                if (language) canvas.lang = language;
                document.getElementById('canvas').append(canvas);
                return canvas.getContext('2d');
              };
              const [here, chinese] = [pen(), pen('zh-CN')];
              const ink = (context, character) => {
                context.font = '100px Arial, sans-serif';
                const { actualBoundingBoxLeft, actualBoundingBoxRight } = context.measureText(character);
                return actualBoundingBoxLeft + ' to ' + actualBoundingBoxRight;
              };
              const middle = element => element.y + element.height / 2;
              const letters = text => text.replace(/\\s/g, '');
              return registry.filter(element => element.parent && element.businessObject.name).flatMap(element => {
                const text = registry.getGraphics(element).querySelector('.djs-visual text');
                const name = letters(element.businessObject.name);
                if (!text) return [];
                const found = [];
                if (letters(text.textContent) !== name) found.push('shortened to ' + text.textContent);
                if (text.getBBox().width > element.width) found.push(text.getBBox().width + ' in ' + element.width);
                const from = element.x + text.getBBox().x;
                const to = from + text.getBBox().width;
                const frame = element.parent.parent ? element.parent : { x: -1e9, width: 2e9 };
                if (from < frame.x || to > frame.x + frame.width) found.push('across the frame');
                if (element.attachers?.some(event => event.x < to && event.x + event.width > from
                    && event.y < middle(element) + 7 && event.y + event.height > middle(element) - 7)) {
                  found.push('under an event');
                }
                if ([...name].some(c => ink(here, c) !== ink(chinese, c))) found.push('not drawn in Chinese');
                return found.map(what => element.id + ': ' + what);
              });
            }""";

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
    @DisplayName("the diagram opens without a warning, and no name in it is cut")
    void theDiagramOpensAndNoNameIsCut(String process) throws IOException {
        Page page = chromium.page(800, 600);
        page.setContent("<html lang='zh-CN'><body style='margin:0'>"
                + "<div id='canvas' style='width:100vw;height:100vh'></div></body></html>");
        page.evaluate(
                "source => { const s = document.createElement('script'); s.textContent = source;"
                        + " document.head.append(s); }",
                viewer());

        Object warnings = page.evaluate(
                "async xml => { window.viewer = new BpmnJS({ container: '#canvas' });"
                        + " return (await viewer.importXML(xml)).warnings.map(String); }",
                Files.readString(Path.of("processes", process + ".bpmn")));

        assertThat((List<?>) warnings).isEmpty();
        assertThat((List<?>) page.evaluate(CUT_NAMES)).isEmpty();
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
