package org.accountsecurity.engine.brand;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BrandTest {

    private static final Path SOURCES = Path.of("src/main/java");
    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|(?m)^\\s*//.*$", Pattern.DOTALL);
    private static final Pattern LITERAL =
            Pattern.compile("\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\n])*\"", Pattern.DOTALL);
    /** The prefix by which the guard names the engine's attributes of models, which the forks read, and packages of classes. */
    private static final Pattern BRAND = Pattern.compile("(?i)(?<!\\borg\\.)camunda(?!:)");

    @Test
    @DisplayName("no text in the code names the engine's brand, but for those of Brand")
    void noTextNamesTheBrand() throws IOException {
        try (Stream<Path> sources = Files.walk(SOURCES)) {
            assertThat(sources.filter(file -> file.toString().endsWith(".java"))
                            .filter(file -> !file.endsWith("Brand.java"))
                            .flatMap(BrandTest::brands))
                    .isEmpty();
        }
        assertThat(brands(SOURCES.resolve("org/accountsecurity/engine/brand/Brand.java")))
                .hasSizeGreaterThan(5);
    }

    private static Stream<String> brands(Path source) {
        try {
            return LITERAL.matcher(COMMENT.matcher(Files.readString(source)).replaceAll(""))
                    .results()
                    .map(MatchResult::group)
                    .filter(text -> BRAND.matcher(text).find())
                    .map(text -> source.getFileName() + ": " + text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
