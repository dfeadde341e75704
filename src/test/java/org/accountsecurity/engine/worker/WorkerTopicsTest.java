package org.accountsecurity.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class WorkerTopicsTest {

    private static final String TOPIC = "account-security.workers.topics.risk-check";

    @Test
    @DisplayName("without a setting there is no topic, and a topic may read and write nothing")
    void withoutASettingThereIsNoTopic() {
        assertThat(bound(Map.of()).names()).isEmpty();

        WorkerTopic bare = new WorkerTopic(List.of(), Map.of(), List.of());
        assertThat(new WorkerTopics(Map.of("bare", bare)).find("bare")).contains(bare);
        assertThat(bare.results()).isEmpty();
    }

    @Test
    @DisplayName("a written variable is true or false, or one of the constants that are set")
    void aWrittenVariableIsAFlagOrAConstant() {
        WorkerTopics topics = bound(Map.of(
                TOPIC + ".reads", "subject",
                TOPIC + ".writes.workerRisk", "LOW, HIGH",
                TOPIC + ".writes.workerKnown", "boolean"));

        assertThat(topics.find("risk-check").orElseThrow().results())
                .isEqualTo(Map.of("workerRisk", List.of("LOW", "HIGH"), "workerKnown", List.of(true, false)));
        assertThat(topics.find("other")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            .writes.subject      | LOW, HIGH | In %s.writes name each variable worker and a word in capitals
            .writes.workerrisk   | LOW, HIGH | In %s.writes name each variable worker and a word in capitals
            .writes.workerRisk   | LOW       | Set %s.writes.workerRisk to boolean, or to two or more constants
            .writes.workerRisk   | LOW, 很高  | Set %s.writes.workerRisk to boolean, or to two or more constants
            .writes.workerRisk   | String    | Set %s.writes.workerRisk to boolean, or to two or more constants
            .writes.workerRisk   | true      | Set %s.writes.workerRisk to boolean, or to two or more constants
            .reads               | ${x}      | Set %s.reads to names of process variables
            .errors              | #{x}      | Set %s.errors to codes in capitals
            """)
    @DisplayName(
            "a setting that would let a worker write anything else is refused with a sentence that says what to set")
    void anyOtherSettingIsRefused(String setting, String value, String sentence) {
        assertThat(bound(Map.of(TOPIC + setting, value)).wrong())
                .singleElement()
                .asString()
                .startsWith(sentence.formatted(TOPIC));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Risk", "${topic}", "risk check", "-risk"})
    @DisplayName("a topic with another name is refused")
    void aTopicWithAnotherNameIsRefused(String name) {
        WorkerTopic topic = new WorkerTopic(List.of(), Map.of(), List.of());

        assertThat(new WorkerTopics(Map.of(name, topic)).wrong())
                .containsExactly(
                        "Under account-security.workers.topics name each topic in small letters, digits and hyphens,"
                                + " such as risk-check.");
    }

    private static WorkerTopics bound(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate(WorkerTopics.PREFIX, WorkerTopics.class);
    }
}
