package org.accountsecurity.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.accountsecurity.startup.StartRefusedException;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EngineClockSyncTest {

    /** Of the time that a measurement takes. */
    private static final Duration SLACK = Duration.ofMillis(500);

    @BeforeEach
    @AfterEach
    void theNodesOwnTime() {
        ClockUtil.reset();
    }

    @ParameterizedTest
    @ValueSource(longs = {-29, -3, 0, 3, 29})
    @DisplayName("the engine's time is the database's, whatever the node's clock says, and the node's again at the end")
    void theEnginesTimeIsTheDatabases(long seconds) {
        Duration ahead = Duration.ofSeconds(seconds);
        EngineClockSync time = new EngineClockSync(databaseAhead(ahead));

        time.start();

        assertThat(time.isRunning()).isTrue();
        assertThat(distance(Instant.now().plus(ahead))).isLessThan(SLACK);
        time.stop();
        assertThat(time.isRunning()).isFalse();
        assertThat(distance(Instant.now())).isLessThan(SLACK);
    }

    @ParameterizedTest
    @CsvSource({"45, behind", "-45, ahead of"})
    @DisplayName("a node whose clock is more than half a minute off does not start, and says so")
    void aNodeWhoseClockIsFarOffDoesNotStart(long seconds, String direction) {
        EngineClockSync time = new EngineClockSync(databaseAhead(Duration.ofSeconds(seconds)));

        assertThatThrownBy(time::start)
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining("seconds " + direction + " that of the database")
                .hasMessageContaining("NTP");

        assertThat(time.isRunning()).isFalse();
        assertThat(distance(Instant.now())).isLessThan(SLACK);
    }

    private static Duration distance(Instant expected) {
        return Duration.between(ClockUtil.now().toInstant(), expected).abs();
    }

    private static Clock databaseAhead(Duration ahead) {
        JdbcDataSource any = new JdbcDataSource();
        any.setUrl("jdbc:h2:mem:time");
        return new DatabaseClock(any, ZoneId.of("Asia/Shanghai")) {

            @Override
            public Instant instant() {
                return Instant.now().plus(ahead);
            }
        };
    }
}
