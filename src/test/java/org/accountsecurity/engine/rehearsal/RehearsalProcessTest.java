package org.accountsecurity.engine.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.accountsecurity.engine.worker.WorkerTopic;
import org.accountsecurity.engine.worker.WorkerTopics;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;

/** What the process of a rehearsal gets of the one that starts it, and how long it may go on. */
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
            tell(RehearsalMessage.refused("environment " + System.getenv()));
            tell(RehearsalMessage.refused("properties " + System.getProperties()));
            tell(RehearsalMessage.refused("arguments " + List.of(arguments)));
            try (Stream<Path> files = Files.list(Path.of(""))) {
                tell(RehearsalMessage.refused("files " + files.toList()));
            }
            tell(RehearsalMessage.isDone());
        }

        private static void tell(RehearsalMessage message) throws IOException {
            System.out.println(new ObjectMapper().writeValueAsString(message));
        }
    }

    /** Goes on until it is ended. */
    static final class Endless {

        private Endless() {}

        public static void main(String... arguments) throws InterruptedException {
            new CountDownLatch(1).await();
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
        try (RehearsalProcess process = process(Curious.class, KnownToRehearsals.in(node))) {
            List<String> seen = process.rehearse(Map.of(), Duration.ofMinutes(1), steps -> {})
                    .refusals();

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
        List<String> known = KnownToRehearsals.in(node());

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
    @DisplayName("one that has ended by itself has accepted nothing")
    void oneThatHasEndedHasAcceptedNothing() {
        try (RehearsalProcess process = process(Gone.class, List.of())) {
            assertThat(process.rehearse(Map.of(), Duration.ofMinutes(1), steps -> {})
                            .reasons())
                    .singleElement()
                    .asString()
                    .contains("内存不够");
            assertThat(process.isAlive()).isFalse();
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
