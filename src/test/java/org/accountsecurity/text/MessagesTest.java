package org.accountsecurity.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MessagesTest {

    private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|(?m)^\\s*//.*$");
    private static final Pattern KEY =
            Pattern.compile("(?:Messages\\s*\\.(?:text|textOf|keyOf|list)|Sentence\\s*\\.of)\\(\\s*\"([^\"]+)\"");
    private static final Pattern PARAMETER = Pattern.compile("\\{([a-zA-Z]+)}");

    @Test
    @DisplayName("both languages say the same things with the same parameters")
    void bothLanguagesSayTheSame() throws IOException {
        assertThat(parameters("en")).isEqualTo(parameters("zh_CN"));
    }

    @Test
    @DisplayName("a thread that answers nobody speaks Chinese, whatever the machine speaks")
    void aThreadThatAnswersNobody() {
        assertThat(Messages.text("error.page")).startsWith("这个页面打不开");
    }

    @Test
    @DisplayName("a sentence whose parameter is missing is an error, not a sentence with a hole")
    void aMissingParameter() {
        assertThat(Messages.text("time.minute", "month", 11, "day", 3, "time", "10:00"))
                .isEqualTo("11 月 3 日 10:00");
        assertThatThrownBy(() -> Messages.text("time.minute", Map.of("month", "1")))
                .hasMessage("the sentence time.minute needs day");
    }

    @Test
    @DisplayName("a translation is shown only for the text that it was made from")
    void aTranslationOfAnotherText() {
        String key = "element.account-deregistration";

        assertThat(Messages.translated(key, "注销账户")).isEqualTo("注销账户");
        assertThat(Messages.in(Locale.ENGLISH, () -> Messages.translated(key, "注销账户")))
                .isEqualTo("Close account");
        assertThat(Messages.in(Locale.ENGLISH, () -> Messages.translated(key, "注销会员")))
                .isEqualTo("注销会员");
        assertThat(Messages.in(Locale.ENGLISH, () -> Messages.translated("element.ours", "发放优惠券")))
                .isEqualTo("发放优惠券");
    }

    @Test
    @DisplayName("each key that Java names is there, and one at least for each beginning of a key")
    void eachKeyIsThere() throws IOException {
        Set<String> keys = Messages.keys();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            List<String> named = files.filter(file -> file.toString().endsWith(".java"))
                    .flatMap(file -> KEY.matcher(code(file)).results())
                    .map(found -> found.group(1))
                    .toList();
            assertThat(named).hasSizeGreaterThan(100);
            assertThat(named)
                    .allMatch(key -> key.matches(".*[.-]")
                            ? keys.stream().anyMatch(one -> one.startsWith(key))
                            : keys.contains(key));
        }
    }

    @Test
    @DisplayName("no sentence stands in Java: only the words that forms must not ask for")
    void noSentenceStandsInJava() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".java"))
                            .filter(MessagesTest::saysSomethingInChinese)
                            .map(file -> file.getFileName().toString()))
                    .containsExactly("FormTexts.java");
        }
    }

    private static boolean saysSomethingInChinese(Path file) {
        return code(file).codePoints().anyMatch(Character::isIdeographic);
    }

    private static String code(Path file) {
        try {
            return COMMENT.matcher(Files.readString(file)).replaceAll("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Set<String>> parameters(String language) throws IOException {
        Properties sentences = new Properties();
        sentences.load(
                new StringReader(Files.readString(Path.of("src/main/resources/messages_" + language + ".properties"))));
        Map<String, Set<String>> parameters = new TreeMap<>();
        sentences.forEach((key, sentence) -> parameters.put(
                key.toString(),
                new TreeSet<>(PARAMETER
                        .matcher(sentence.toString())
                        .results()
                        .map(MatchResult::group)
                        .toList())));
        return parameters;
    }
}
