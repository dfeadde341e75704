package org.accountsecurity.watching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FiguresCollectorTest {

    private final DatabaseFigures database = mock();
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private FiguresCollector collector;

    @AfterEach
    void stop() {
        collector.destroy();
    }

    @Test
    @DisplayName("however often somebody looks, the database is asked only once in a while")
    void theDatabaseIsAskedOnceInAWhile() {
        when(database.read()).thenReturn(figures(1));
        collector = new FiguresCollector(database, registry, Duration.ofMinutes(5));

        for (int look = 0; look < 20; look++) {
            assertThat(shown("account_security_incidents")).hasValue(1);
        }

        verify(database, times(1)).read();
    }

    @Test
    @DisplayName("while the database fails the last figures are shown, and how old they are")
    void whileTheDatabaseFailsTheLastFiguresAreShown() {
        when(database.read())
                .thenReturn(figures(1))
                .thenThrow(new IllegalStateException("connection refused"))
                .thenReturn(figures(3));
        collector = new FiguresCollector(database, registry, Duration.ZERO);

        assertThat(shown("account_security_incidents")).hasValue(1);
        assertThat(shown("account_security_incidents")).hasValue(1);
        assertThat(shown("account_security_figures_age_seconds").orElseThrow()).isBetween(0.0, 60.0);
    }

    @Test
    @DisplayName("before the database has ever answered there are no figures, and the rest is shown all the same")
    void beforeTheDatabaseHasAnsweredThereAreNoFigures() {
        when(database.read()).thenThrow(new IllegalStateException("connection refused"));
        collector = new FiguresCollector(database, registry, Duration.ZERO);

        assertThat(registry.scrape()).isEmpty();
    }

    @Test
    @DisplayName(
            "a database that does not answer holds up no look for longer than seconds, and is not asked twice at once")
    void aSilentDatabaseHoldsUpNoLook() {
        CountDownLatch silent = new CountDownLatch(1);
        when(database.read()).thenReturn(figures(1)).thenAnswer(asked -> {
            silent.await();
            return figures(2);
        });
        collector = new FiguresCollector(database, registry, Duration.ZERO);
        assertThat(shown("account_security_incidents")).hasValue(1);

        assertThat(shown("account_security_incidents")).hasValue(1);
        assertThat(shown("account_security_incidents")).hasValue(1);
        verify(database, times(2)).read();

        silent.countDown();
        assertThat(shown("account_security_incidents")).hasValue(2);
    }

    private OptionalDouble shown(String name) {
        return registry.scrape().stream()
                .filter(metric -> metric.getMetadata().getName().equals(name))
                .map(GaugeSnapshot.class::cast)
                .flatMap(gauge -> gauge.getDataPoints().stream())
                .mapToDouble(GaugeSnapshot.GaugeDataPointSnapshot::getValue)
                .findFirst();
    }

    private static Figures figures(long incidents) {
        return new Figures(Map.of(), List.of(), 0, 0, 0, 0, incidents, 0, 0, 0);
    }
}
