package org.accountsecurity.watching;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.accountsecurity.testing.JourneyTest;
import org.accountsecurity.testing.Visitor;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.yaml.snakeyaml.Yaml;

/** The dashboard, the alerts and the runbook keep step with the application and with each other. */
class OperationsFilesTest extends JourneyTest {

    private static final Path FOLDER = Path.of("docs", "operations");
    private static final Pattern SELECTOR = Pattern.compile("([a-z_:][\\w:]*)(?:\\{([^}]*)})?");
    private static final Pattern GROUPING = Pattern.compile("\\b(?:by|without|on|ignoring) \\([^)]*\\)");
    private static final Pattern GROUPED = Pattern.compile("\\bby \\(([^)]*)\\)");
    private static final Pattern LABEL = Pattern.compile("(\\w+)(?:=|!=|=~|!~)\"");
    private static final Pattern HEADING = Pattern.compile("(?m)^## (\\w+)");
    private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "vector");
    /** Prometheus has them of its own. */
    private static final Set<String> OF_PROMETHEUS = Set.of("up", "instance", "job");

    @Autowired
    PrometheusMeterRegistry registry;

    @Value("${camunda.bpm.job-execution.lock-time-in-millis}")
    long lockTime;

    private Scrape scrape;

    /** What is there only once something has happened, happens. */
    @BeforeEach
    void aDay() {
        journey.start("account-deregistration", "acct-10003");
        ProcessInstance request = journey.start("account-deregistration", "acct-10001");
        journey.submit(request, "UserTask_ReadNotice", "choice", "CONTINUE", "consent", true, "channel", "SMS");
        journey.deliverCodes();
        journey.submit(request, "UserTask_EnterCode", "choice", "GIVE_UP");
        new Visitor(port).get("/login");
        scrape = Scrape.of(registry.scrape());
    }

    @Test
    @DisplayName("the dashboard is JSON, and each of its panels asks for metrics and labels that there are")
    void theDashboardAsksForWhatThereIs() throws IOException {
        JsonNode dashboard = new ObjectMapper()
                .readTree(FOLDER.resolve("grafana-dashboard.json").toFile());
        List<String> queries = dashboard.findValuesAsText("expr");

        assertThat(dashboard.path("panels")).hasSizeGreaterThan(20);
        assertThat(queries).hasSizeGreaterThan(20);
        assertThat(queries.stream().flatMap(query -> unknown(query).stream())).isEmpty();
        assertThat(dashboard.path("panels"))
                .filteredOn(panel -> !panel.path("type").asText().equals("row"))
                .allSatisfy(panel -> assertThat(panel.path("targets"))
                        .as(panel.path("title").asText())
                        .isNotEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "runbook.md, their lock has run out (two minutes)",
        "runbook.zh-CN.md, 锁到期（两分钟）",
        "cluster.md, | `.lock-time-in-millis` | 2 min (5 min) |"
    })
    @DisplayName("the time after which another node takes over is told as it is set")
    void theLockTimeIsToldAsItIsSet(String file, String told) {
        assertThat(lockTime).isEqualTo(Duration.ofMinutes(2).toMillis());
        assertThat(FOLDER.resolve(file)).content().contains(told);
    }

    @Test
    @DisplayName("each alert asks for metrics and labels that there are, says how bad it is, and where to read on")
    void eachAlertAsksForWhatThereIs() throws IOException {
        for (Map<String, Object> alert : alerts()) {
            String name = (String) alert.get("alert");
            assertThat(unknown((String) alert.get("expr"))).as(name).isEmpty();
            assertThat(alert.get("labels"))
                    .as(name)
                    .isIn(Map.of("severity", "critical"), Map.of("severity", "warning"), Map.of("severity", "info"));
            assertThat(alert.get("annotations"))
                    .as(name)
                    .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.map(String.class, String.class))
                    .containsKey("summary")
                    .containsEntry("runbook", "runbook.md#" + name.toLowerCase(Locale.ROOT));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "runbook.md, **Means.**, **Likely causes.**, **Look.**, **Do.**, **Never.**",
        "runbook.zh-CN.md, **含义：**, **常见原因：**, **查看：**, **处理：**, **切勿：**"
    })
    @DisplayName("the runbook has an entry for each alert and for no other, in both languages, with all that it takes")
    void theRunbookHasAnEntryForEachAlert(
            String file, String means, String causes, String look, String act, String never) throws IOException {
        String runbook = Files.readString(FOLDER.resolve(file));
        List<String> alerts =
                alerts().stream().map(alert -> (String) alert.get("alert")).toList();

        assertThat(HEADING.matcher(runbook).results().map(heading -> heading.group(1)))
                .containsExactlyElementsOf(alerts);
        Stream.of(runbook.split("(?m)^## "))
                .skip(1)
                .forEach(entry -> assertThat(entry).contains(means, causes, look, act, never));
    }

    @Test
    @DisplayName("what the check of the queries finds is missing is really not there")
    void theCheckFindsWhatIsNotThere() {
        assertThat(unknown("sum by (channel) (rate(account_security_mesages_total[5m]))"))
                .containsExactly("account_security_mesages_total");
        assertThat(unknown("max(account_security_messages_total{chanel=\"sms\"})"))
                .containsExactly("account_security_messages_total{chanel}");
        assertThat(unknown("sum by (gate) (account_security_messages_total)")).containsExactly("by (gate)");
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> alerts() throws IOException {
        Map<String, Object> file = new Yaml().load(Files.readString(FOLDER.resolve("alerts.yaml")));
        List<Map<String, Object>> rules = new ArrayList<>();
        ((List<Map<String, Object>>) file.get("groups"))
                .forEach(group -> rules.addAll((List<Map<String, Object>>) group.get("rules")));
        assertThat(rules).hasSizeGreaterThan(10);
        return rules;
    }

    /** What a query asks for and the application does not have: metrics, and labels of metrics. */
    private Set<String> unknown(String query) {
        Set<String> unknown = new TreeSet<>();
        Set<String> labels = new HashSet<>(OF_PROMETHEUS);
        String selectors = GROUPING.matcher(query).replaceAll(" ").replaceAll("\\[[^]]*]", " ");
        Matcher selector = SELECTOR.matcher(selectors);
        while (selector.find()) {
            String name = selector.group(1);
            boolean function = selectors.substring(selector.end()).matches("(?s)\\s*\\(.*");
            if (function || WORDS.contains(name) || name.equals("up")) {
                continue;
            }
            if (!scrape.names().contains(name)) {
                unknown.add(name);
                continue;
            }
            Set<String> has = labelsOf(name);
            labels.addAll(has);
            labels(selector.group(2)).stream()
                    .filter(label -> !has.contains(label))
                    .forEach(label -> unknown.add(name + "{" + label + "}"));
        }
        if (unknown.isEmpty()) {
            GROUPED.matcher(query)
                    .results()
                    .flatMap(group -> Stream.of(group.group(1).split(",\\s*")))
                    .filter(label -> !labels.contains(label))
                    .forEach(label -> unknown.add("by (" + label + ")"));
        }
        return unknown;
    }

    private Set<String> labelsOf(String metric) {
        return scrape.series().keySet().stream()
                .filter(series -> series.startsWith(metric + "{"))
                .flatMap(series -> labels(series).stream())
                .collect(Collectors.toSet());
    }

    private static Set<String> labels(String text) {
        return text == null
                ? Set.of()
                : LABEL.matcher(text).results().map(match -> match.group(1)).collect(Collectors.toSet());
    }
}
