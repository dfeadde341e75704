package org.accountsecurity.engine.webapp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.accountsecurity.engine.gate.Refusal;
import org.accountsecurity.engine.identity.Groups;
import org.accountsecurity.text.Messages;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** What is Chinese, against what the webapp has in English. */
class ChineseTest {

    private static final String WEBAPP = "/META-INF/resources/webjars/camunda/";
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{.*?}}");
    private static final Pattern CHINESE = Pattern.compile("\\p{IsHan}");
    private static final Pattern SENTENCE = Pattern.compile("\\{\\{#say}}(.*?)\\{\\{/say}}");
    private static final Pattern LATIN_WORD = Pattern.compile("[A-Za-z]{2,}");

    /** A product, nothing, signs, and formats. */
    private static final Set<String> WITHOUT_CHINESE = Set.of(
            "labels.APP_VENDOR",
            "labels.NO_TASK_FORM",
            "labels.SEARCH_LESS_THAN",
            "labels.SEARCH_LESS_THAN_EQUALS",
            "labels.SEARCH_GREATER_THAN",
            "labels.SEARCH_GREATER_THAN_EQUALS",
            "dateLocales.calendar.sameElse",
            "dateLocales.longDateFormat.L",
            "dateLocales.longDateFormat.LT",
            "dateLocales.week.dow",
            "dateLocales.week.doy");

    /** Messages that form-js puts together, and the part of them by which they are found. */
    private static final Map<String, String> COMPOSED = Map.of(
            "Value is expected to be an integer.", "be an integer",
            "Value is expected to have at most {} decimal digit{}.", "have at most {} decimal digit{}");

    @ParameterizedTest
    @ValueSource(strings = {"tasklist", "welcome"})
    @DisplayName(
            "every text of the webapp's English file is there in Chinese, with the same placeholders, and no other")
    void everyTextIsThere(String app) throws IOException {
        Map<String, String> english = texts(app, "en");
        Map<String, String> chinese = texts(app, "zh");

        assertThat(chinese.keySet()).containsExactlyInAnyOrderElementsOf(english.keySet());
        assertThat(chinese).allSatisfy((key, text) -> {
            assertThat(all(PLACEHOLDER, text)).isEqualTo(all(PLACEHOLDER, english.get(key)));
            assertThat(CHINESE.matcher(text).find() || WITHOUT_CHINESE.contains(key))
                    .as(text)
                    .isTrue();
        });
    }

    @Test
    @DisplayName("a holder may get the Chinese texts and the script with the messages")
    void aHolderMayGetThem() {
        TasklistRequests requests = new TasklistRequests();

        for (String file : List.of(
                "app/tasklist/locales/zh.json", "static/0123456789ab/app/tasklist/scripts/chinese-messages.js")) {
            assertThat(requests.find("GET", "/camunda/" + file, "bust=7.24.0")).isPresent();
        }
    }

    @Test
    @DisplayName("every message that is said in Chinese is one that the webapp still has")
    void everyMessageIsOneOfTheWebapp() throws IOException {
        String webapp = webapp();

        assertThat(messages()).isNotEmpty().allSatisfy((english, chinese) -> {
            String part = COMPOSED.getOrDefault(english, english);
            assertThat(webapp.contains('"' + part + '"') || webapp.contains('`' + part + '`'))
                    .as(english)
                    .isTrue();
            assertThat(chinese).containsPattern("\\p{IsHan}|/");
        });
    }

    @Test
    @DisplayName("everything that form-js finds wrong with a value is said in Chinese")
    void everythingWrongIsSaidInChinese() throws IOException {
        String webapp = webapp();
        String validator = webapp.substring(
                webapp.indexOf("push(\"Value is not a number.\")"),
                webapp.indexOf("Field must be a valid email.") + "Field must be a valid email.\")".length());

        List<String> found = Pattern.compile("push\\([\"`]([^\"`]+)[\"`]\\)")
                .matcher(validator)
                .results()
                .map(result -> result.group(1))
                .toList();

        assertThat(found)
                .contains("Field is required.", "Field must match pattern {}.")
                .hasSize(10);
        assertThat(messages().keySet()).containsAll(found).containsAll(COMPOSED.keySet());
    }

    @ParameterizedTest
    @ValueSource(strings = {"login", "error"})
    @DisplayName("the pages in front of the webapp show no English word in Chinese")
    void thePagesShowNoEnglish(String page) throws IOException {
        String shown = SENTENCE.matcher(read("/templates/" + page + ".mustache"))
                .replaceAll(sentence -> Messages.text(sentence.group(1)))
                .replaceAll("\\{\\{.*?}}", "")
                .replaceAll("<[^>]*>", " ");

        assertThat(all(LATIN_WORD, shown)).isEmpty();
        assertThat(shown).containsPattern(CHINESE);
    }

    @Test
    @DisplayName("a refusal that a filter sends as an error is told to a holder in Chinese")
    void aRefusalSentAsAnErrorIsChinese() throws ServletException, IOException {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.addUserRole(Groups.ACCOUNT_HOLDER);
        MockHttpServletResponse response = new MockHttpServletResponse();

        FilterChain refusing = (ignored, answer) ->
                ((HttpServletResponse) answer).sendError(403, "CSRFPreventionFilter: Invalid HTTP Header Token.");

        new HolderAnswerFilter().doFilter(request, response, refusing);

        assertThat(response.getStatus()).isEqualTo(403);
        assertThat(response.getErrorMessage()).isNull();
        assertThat(response.getContentAsString())
                .contains(Refusal.FORBIDDEN.text())
                .doesNotContain("Invalid");
    }

    /** The texts of a file, by the path of keys that leads to them. */
    private static Map<String, String> texts(String app, String language) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        String file = read(WEBAPP + "app/" + app + "/locales/" + language + ".json");
        collect(JSON.readTree(file.replace("\uFEFF", "")), "", texts);
        return texts;
    }

    private static void collect(JsonNode node, String path, Map<String, String> texts) {
        if (node.isValueNode()) {
            texts.put(path, node.asText());
        }
        node.fields()
                .forEachRemaining(field -> collect(
                        field.getValue(), path.isEmpty() ? field.getKey() : path + '.' + field.getKey(), texts));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            collect(node.get(i), path + '.' + i, texts);
        }
    }

    /** What form-js and the webapp's HTTP client say, and what is said instead. */
    private static Map<String, String> messages() throws IOException {
        String script = read(WEBAPP + "app/tasklist/scripts/chinese-messages.js");
        String messages = script.substring(script.indexOf("const MESSAGES"), script.indexOf("};"));
        return Pattern.compile("'((?:[^'\\\\]|\\\\.)+)':\\s*'([^']+)'")
                .matcher(messages)
                .results()
                .collect(Collectors.toMap(entry -> entry.group(1).replace("\\'", "'"), entry -> entry.group(2)));
    }

    /** The bundle with form-js, what is filled in as {}. */
    private static String webapp() throws IOException {
        return read(WEBAPP + "lib/deps.js").replaceAll("\\$\\{[^}]*}", "{}");
    }

    private static Set<String> all(Pattern pattern, String text) {
        Stream<MatchResult> results = pattern.matcher(text).results();
        return results.map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String read(String resource) throws IOException {
        try (InputStream file = ChineseTest.class.getResourceAsStream(resource)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
