package org.accountsecurity.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import org.accountsecurity.startup.StartRefusedException;
import org.accountsecurity.testing.JourneyTest;
import org.accountsecurity.testing.Race;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The zone in which the engine's dates are written, as nodes find it. */
class EngineZoneTest extends JourneyTest {

    private String recorded;

    @BeforeEach
    void nobodyWasHere() {
        recorded = recorded();
        forget();
    }

    @AfterEach
    void asBefore() {
        forget();
        new EngineZone(jdbc, ZoneId.of(recorded)).postProcessEngineBuild(null);
    }

    @Test
    @DisplayName("the application has recorded its own zone")
    void theApplicationHasRecordedItsOwn() {
        assertThat(recorded).isEqualTo(ZoneId.systemDefault().getId());
    }

    @ParameterizedTest
    @DisplayName("a node in another zone does not start, and says in which one it would")
    @CsvSource({"UTC, Asia/Shanghai", "Asia/Shanghai, UTC", "Europe/Berlin, Africa/Lagos", "Asia/Shanghai, Asia/Tokyo"})
    void aNodeInAnotherZoneDoesNotStart(String first, String second) {
        start(first);

        assertThatThrownBy(() -> start(second))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining("This node's time zone is " + second)
                .hasMessageContaining("JAVA_TOOL_OPTIONS=-Duser.timezone=" + first + ".");
        assertThat(recorded()).isEqualTo(first);
    }

    @ParameterizedTest
    @DisplayName("a node in the same zone starts, whatever it calls it")
    @CsvSource({"UTC, Etc/UTC", "Asia/Shanghai, PRC", "Asia/Shanghai, GMT+8", "Europe/Berlin, Europe/Paris"})
    void aNodeInTheSameZoneStarts(String first, String second) {
        start(first);

        assertThatCode(() -> start(second)).doesNotThrowAnyException();
    }

    @RepeatedTest(5)
    @DisplayName("of two nodes that start an empty database together, in two zones, one starts")
    void oneOfTwoStarts() throws InterruptedException {
        List<Throwable> thrown = Race.run(List.of(() -> start("UTC"), () -> start("Asia/Shanghai")));

        assertThat(thrown.stream().filter(Objects::nonNull)).singleElement().isInstanceOf(StartRefusedException.class);
    }

    private Void start(String zone) {
        new EngineZone(jdbc, ZoneId.of(zone)).postProcessEngineBuild(null);
        return null;
    }

    private String recorded() {
        return rows.text("select VALUE_ from ACT_GE_PROPERTY where NAME_ = ?", EngineZone.PROPERTY);
    }

    private void forget() {
        rows.update("delete from ACT_GE_PROPERTY where NAME_ = ?", EngineZone.PROPERTY);
    }
}
