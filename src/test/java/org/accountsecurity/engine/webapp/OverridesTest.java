package org.accountsecurity.engine.webapp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What our styles and scripts change must be there in the webapp, or an upgrade would undo it in silence. */
class OverridesTest {

    private static final Path OURS = Path.of("src/main/resources/META-INF/resources/webjars/camunda/app");
    private static final String THEIRS = "/META-INF/resources/webjars/camunda/";

    /** Made by our scripts, or by form-js out of parts. */
    private static final Set<String> MADE_ELSEWHERE =
            Set.of("holder", "holder-has-task", "scrolls", "countdown", "done");

    private static final Pattern CLASS = Pattern.compile("\\.(-?[_a-zA-Z][\\w-]*)");
    private static final Pattern ATTRIBUTE = Pattern.compile("\\[([a-z-]+)(?:[*^$~|]?=\"?([^\"\\]]*)\"?)?]");

    @Test
    @DisplayName("every class that our styles name is one that the webapp or one of our scripts sets")
    void everyClassIsSet() throws IOException {
        String webapp = webapp();
        String scripts = scripts();

        Set<String> unknown = selectors()
                .flatMap(selector -> CLASS.matcher(selector).results().map(match -> match.group(1)))
                .filter(name -> !MADE_ELSEWHERE.contains(name) && !webapp.contains(name) && !scripts.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(unknown).isEmpty();
    }

    @Test
    @DisplayName("every attribute that our styles name is one that the webapp sets, with that value")
    void everyAttributeIsSet() throws IOException {
        String webapp = webapp();

        Set<String> unknown = selectors()
                .flatMap(selector -> ATTRIBUTE.matcher(selector).results())
                .filter(match -> !Set.of("aria-current", "for", "type", "class", "disabled")
                        .contains(match.group(1)))
                .filter(match -> !webapp.contains(
                        match.group(2) == null ? match.group(1) : match.group(1) + "=\"" + match.group(2) + "\""))
                .map(match -> match.group())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(unknown).isEmpty();
    }

    @Test
    @DisplayName("every place of the webapp that our scripts look for is still there")
    void everyPlaceIsThere() throws IOException {
        String webapp = webapp();
        Set<String> looked = Pattern.compile("(?:querySelector(?:All)?|closest|matches)(?:\\?\\.)?\\('([^']+)'\\)")
                .matcher(scripts())
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        Set<String> unknown = looked.stream()
                .flatMap(selector -> CLASS.matcher(selector).results().map(match -> match.group(1)))
                .filter(name -> !MADE_ELSEWHERE.contains(name) && !webapp.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(looked).hasSizeGreaterThan(8);
        assertThat(unknown).isEmpty();
    }

    @Test
    @DisplayName("what our scripts rely on in Tasklist's addresses and requests is still so")
    void whatOurScriptsRelyOn() throws IOException {
        assertThat(read(THEIRS + "app/tasklist/camunda-tasklist-bootstrap.js"))
                .contains("processStart", "/submit-form", "detailsTab", "customScripts");
        assertThat(read(THEIRS + "app/tasklist/index.html"))
                .contains("app-root=\"$APP_ROOT\"", "styles/user-styles.css", "$APP_ROOT/favicon.ico");
    }

    @Test
    @DisplayName(
            "each file that replaces one of the webapp replaces one that is there, and docs/owners/tasklist.md names it")
    void eachFileReplacesOne() throws IOException {
        String described = Files.readString(Path.of("docs/owners/tasklist.md"));
        List<String> files;
        try (Stream<Path> found = Files.walk(OURS)) {
            files = found.filter(Files::isRegularFile)
                    .map(file -> OURS.relativize(file).toString())
                    .toList();
        }

        assertThat(files).allSatisfy(file -> assertThat(described).contains("`" + file + "`"));
        for (String replaced : List.of(
                "app/tasklist/scripts/config.js",
                "app/tasklist/styles/user-styles.css",
                "app/welcome/scripts/config.js",
                "favicon.ico")) {
            assertThat(OverridesTest.class.getResource(THEIRS + replaced))
                    .as(replaced)
                    .isNotNull();
            assertThat(Files.exists(OURS.resolveSibling(replaced.startsWith("app/") ? replaced : replaced)))
                    .as(replaced)
                    .isTrue();
        }
    }

    private static Stream<String> selectors() throws IOException {
        String css = Files.readString(OURS.resolve("tasklist/styles/user-styles.css"))
                .replaceAll("(?s)/\\*.*?\\*/", "")
                .replaceAll("@keyframes[^{]*\\{[^}]*}\\s*}", "")
                .replaceAll("@media[^{]*\\{", "");
        return Pattern.compile("([^{}]+)\\{[^}]*}").matcher(css).results().map(match -> match.group(1));
    }

    private static String scripts() throws IOException {
        try (Stream<Path> found = Files.list(OURS.resolve("tasklist/scripts"))) {
            StringBuilder all = new StringBuilder();
            for (Path script : found.toList()) {
                all.append(Files.readString(script));
            }
            return all.toString();
        }
    }

    private static String webapp() throws IOException {
        return read(THEIRS + "app/tasklist/camunda-tasklist-bootstrap.js")
                + read(THEIRS + "app/tasklist/camunda-tasklist-bootstrap.css")
                + read(THEIRS + "app/tasklist/index.html")
                + read(THEIRS + "lib/deps.js")
                + read("/META-INF/resources/plugin/tasklist/app/plugin.js");
    }

    private static String read(String resource) throws IOException {
        try (InputStream stream = OverridesTest.class.getResourceAsStream(resource)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8).replace("\\\"", "\"");
        }
    }
}
