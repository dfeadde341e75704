package org.accountsecurity.engine.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.accountsecurity.engine.worker.WorkerTopic;
import org.accountsecurity.engine.worker.WorkerTopics;
import org.accountsecurity.text.Sentence;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.mock.env.MockEnvironment;

/** What the process of a rehearsal gets of the one that starts it, and how long it may go on. */
@Tag("slow")
class RehearsalProcessTest {

    private static final String HEAP = "64m";
    private static final String MARKER = "only-the-node-knows";
    private static final String TOPIC = "account-security.workers.topics.risk-check.";

    private static final Map<String, Object> SETTINGS = Map.of(
            "spring.datasource.url",
            "jdbc:postgresql://database/" + MARKER,
            "account-security.code-secret",
            MARKER,
            "account-security.data-sets[0].name",
            "loyalty",
            "account-security.data-sets[0].url",
            "https://loyalty/" + MARKER,
            "account-security.data-sets[0].secret",
            MARKER,
            "account-security.data-sets[1].name",
            "reviews",
            "account-security.data-sets[1].anonymises",
            "true",
            TOPIC + "reads[0]",
            "holderVerificationRequired",
            TOPIC + "writes.workerRisk",
            "LOW,HIGH",
            TOPIC + "errors[0]",
            "RISK_UNKNOWN");

    /** Tells all that it can see. */
    static final class Curious {

        private Curious() {}

        public static void main(String... arguments) throws IOException {
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
            try (Stream<Path> files = Files.list(Path.of(""))) {
                RehearsalReport seen = RehearsalReport.refused(List.of(
                        Sentence.plain("environment " + System.getenv()),
                        Sentence.plain("properties " + System.getProperties()),
                        Sentence.plain("arguments " + List.of(arguments)),
                        Sentence.plain("files " + files.toList())));
                System.out.println(new ObjectMapper().writeValueAsString(new RehearsalMessage(0, seen)));
            }
        }
    }

    /** Goes on until it is ended. */
    static final class Endless {

        private Endless() {}

        public static void main(String... arguments) throws InterruptedException {
            new CountDownLatch(1).await();
        }
    }

    /** Wants more memory than it has. */
    static final class Greedy {

        private Greedy() {}

        public static void main(String... arguments) {
            List<long[]> all = new ArrayList<>();
            while (true) {
                all.add(new long[1_000_000]);
            }
        }
    }

    /** Ends at once. */
    static final class Gone {

        private Gone() {}

        public static void main(String... arguments) {
            // nothing to say
        }
    }

    @Test
    @DisplayName("it gets no environment, no setting, no secret and no file of the node")
    void itGetsNothingOfTheNode() {
        assertThat(System.getenv()).isNotEmpty();
        StandardEnvironment node = node();
        SETTINGS.forEach((name, value) -> System.setProperty(name, value.toString()));
        try (RehearsalProcess process = process(Curious.class, RehearsalSettings.in(node))) {
            List<String> seen = process.rehearse(Map.of(), Duration.ofMinutes(1), steps -> {}).refusals().stream()
                    .map(Sentence::toString)
                    .toList();

            assertThat(seen).hasSize(4).contains("environment {}", "files []");
            assertThat(seen).noneMatch(said -> said.contains(MARKER));
            assertThat(seen).anyMatch(said -> said.contains("loyalty"));
        } finally {
            SETTINGS.keySet().forEach(System::clearProperty);
        }
    }

    @Test
    @DisplayName("of the settings it knows the names of data sets and the topics of workers")
    void itKnowsNames() {
        List<String> known = RehearsalSettings.in(node());

        assertThat(known).startsWith("loyalty", "reviews*").hasSize(5);
        StandardEnvironment child = new StandardEnvironment();
        child.getPropertySources().addFirst(new SimpleCommandLinePropertySource(known.toArray(String[]::new)));
        assertThat(Binder.get(child)
                        .bind("account-security.workers", WorkerTopics.class)
                        .get()
                        .topics())
                .isEqualTo(Map.of(
                        "risk-check",
                        new WorkerTopic(
                                List.of("holderVerificationRequired"),
                                Map.of("workerRisk", List.of("LOW", "HIGH")),
                                List.of("RISK_UNKNOWN"))));
    }

    @Test
    @DisplayName("over its time it is killed, which is said")
    void overItsTimeItIsKilled() {
        try (RehearsalProcess process = process(Endless.class, List.of())) {
            RehearsalReport report = process.rehearse(Map.of(), Duration.ofSeconds(1), steps -> {});

            assertThat(report.reasons()).singleElement().asString().startsWith("排练没有在 1 秒内完成");
            assertThat(process.isAlive()).isFalse();
        }
    }

    @Test
    @DisplayName("a node's own is gone after its time, and the next deployment has another")
    void aNodesOwnIsGoneAfterItsTime() {
        MockEnvironment settings = new MockEnvironment();
        DeploymentRehearsal rehearsal = new DeploymentRehearsal(
                new DeploymentRehearsalSettings(true, Duration.ofSeconds(2), "384m", Duration.ofMinutes(10)), settings);
        Set<ProcessHandle> before = children();
        Map<String, byte[]> edited = Map.of("edited.bpmn", new byte[0]);

        for (int deployment = 0; deployment < 2; deployment++) {
            assertThat(rehearsal.rehearse(edited).reasons())
                    .singleElement()
                    .asString()
                    .startsWith("排练没有在 2 秒内完成");
            assertThat(children()).isEqualTo(before);
            assertThat(rehearsal.steps()).isNegative();
        }
        rehearsal.destroy();
    }

    private static Set<ProcessHandle> children() {
        return ProcessHandle.current().children().collect(Collectors.toSet());
    }

    @Test
    @DisplayName("one that has ended by itself has accepted nothing")
    void oneThatHasEndedHasAcceptedNothing() {
        try (RehearsalProcess process = process(Gone.class, List.of())) {
            assertThat(process.rehearse(Map.of(), Duration.ofMinutes(1), steps -> {})
                            .reasons())
                    .singleElement()
                    .asString()
                    .startsWith("排练中途意外结束（退出码 0）");
            assertThat(process.isAlive()).isFalse();
        }
    }

    @Test
    @DisplayName("one that runs out of memory says so")
    void oneThatRunsOutOfMemorySaysSo() {
        try (RehearsalProcess process = process(Greedy.class, List.of())) {
            assertThat(process.rehearse(Map.of(), Duration.ofMinutes(1), steps -> {})
                            .reasons())
                    .singleElement()
                    .asString()
                    .startsWith("排练时内存不够");
        }
    }

    private static RehearsalProcess process(Class<?> main, List<String> known) {
        return new RehearsalProcess(main.getName(), HEAP, known);
    }

    private static StandardEnvironment node() {
        StandardEnvironment node = new StandardEnvironment();
        node.getPropertySources().addFirst(new MapPropertySource("node", SETTINGS));
        return node;
    }
}
