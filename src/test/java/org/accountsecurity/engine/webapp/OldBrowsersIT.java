package org.accountsecurity.engine.webapp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.accountsecurity.testing.NodeScripts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The oldest browser that docs/owners/tasklist.md names reads all that we send it. */
class OldBrowsersIT {

    private static final Path RESOURCES = Path.of("src/main/resources");

    @Test
    @DisplayName("no script and no style sheet needs more than the oldest browser has")
    void noScriptNeedsMore() throws IOException {
        List<String> files = files().filter(file -> file.toString().matches(".*\\.(m?js|css)"))
                .map(file -> file.toAbsolutePath().toString())
                .toList();

        assertThat(files).hasSizeGreaterThan(8);
        assertThat(NodeScripts.run("check-browsers.mjs", files)).isEmpty();
    }

    @Test
    @DisplayName("no page has a script or styles of its own, which that would not see")
    void noPageHasAScriptOfItsOwn() throws IOException {
        List<Path> pages = files().filter(file -> file.toString().matches(".*\\.(mustache|html)"))
                .toList();

        assertThat(pages)
                .hasSizeGreaterThan(5)
                .allSatisfy(page -> assertThat(Files.readString(page))
                        .doesNotContainPattern("(?i)<script(?![^>]* src=)|<style| style=| on[a-z]+="));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "js  | export const code = /(?<!\\d)\\d{6}/;          | lookbehind",
                "js  | export const found = await fetch('/');       | Parsing error",
                "js  | export const last = [1, 2].at(-1);           | Array.prototype.at",
                "js  | export const all = 'a-b'.replaceAll('-', '') | replaceAll",
                "css | .alert:has(.message) { color: red; }         | :has()",
                "css | @layer base { a { color: red; } }            | Cascade Layers"
            })
    @DisplayName("what an old browser does not know is found")
    void whatAnOldBrowserDoesNotKnowIsFound(String kind, String text, String found, @TempDir Path folder)
            throws IOException {
        Path file = Files.writeString(folder.resolve("new." + kind), text);

        assertThat(NodeScripts.run("check-browsers.mjs", List.of(file.toString())))
                .anyMatch(line -> line.contains(found));
    }

    private static Stream<Path> files() throws IOException {
        try (Stream<Path> found = Files.walk(RESOURCES)) {
            return found.filter(Files::isRegularFile).toList().stream();
        }
    }
}
