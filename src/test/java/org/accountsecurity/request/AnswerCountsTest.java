package org.accountsecurity.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.accountsecurity.testing.JourneyTest;
import org.accountsecurity.testing.Race;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.support.TransactionTemplate;

class AnswerCountsTest extends JourneyTest {

    private static final int HOLDERS = 6;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    TransactionTemplate transaction;

    @Test
    @DisplayName("of many who give the first answer of the day at the same moment each is counted")
    void eachIsCounted() {
        List<String> answers =
                IntStream.range(0, 10).mapToObj(answer -> "ANSWER_" + answer).toList();

        for (String answer : answers) {
            assertThat(race(answer)).allMatch(Objects::isNull);
        }

        assertThat(counts()).hasSize(10).containsOnly((long) HOLDERS);
    }

    @Test
    @DisplayName("an answer whose transaction is rolled back is not counted")
    void whatIsRolledBackIsNotCounted() {
        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                    events.publishEvent(new AnswerCounted("leaving-reason", "NOT_NEEDED"));
                    throw new IllegalStateException("refused");
                }))
                .hasMessage("refused");

        assertThat(counts()).isEmpty();
    }

    private List<Throwable> race(String answer) {
        try {
            return Race.run(HOLDERS, () -> {
                transaction.executeWithoutResult(
                        status -> events.publishEvent(new AnswerCounted("leaving-reason", answer)));
                return null;
            });
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private List<Long> counts() {
        return jdbc.sql("select answers from answer_count").query(Long.class).list();
    }
}
