package org.accountsecurity.watching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FiguresCollectorTest {

    private static final String AGE = "account_security_figures_age_seconds";

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final AtomicInteger asked = new AtomicInteger();
    private FiguresCollector collector;

    @AfterEach
    void stop() {
        collector.destroy();
    }

    @Test
    @DisplayName("however often somebody looks, the database is asked only once in a while")
    void theDatabaseIsAskedOnceInAWhile() {
        collect(Duration.ofMinutes(5), incidents(() -> 1.0));

        for (int look = 0; look < 20; look++) {
            assertThat(shown("account_security_incidents")).hasValue(1);
        }

        assertThat(asked).hasValue(1);
    }

    @Test
    @DisplayName("while the database fails the last figures are shown, and how old they are")
    void whileTheDatabaseFailsTheLastFiguresAreShown() {
        Deque<Supplier<Double>> answers =
                new ArrayDeque<>(List.of(() -> 1.0, FiguresCollectorTest::refused, () -> 3.0));
        collect(Duration.ZERO, incidents(() -> answers.remove().get()));

        assertThat(shown("account_security_incidents")).hasValue(1);
        assertThat(shown("account_security_incidents")).hasValue(1);
        assertThat(shown(AGE).orElseThrow()).isBetween(0.0, 60.0);
        assertThat(shown("account_security_incidents")).hasValue(3);
    }

    @Test
    @DisplayName("one figure that can't be read takes no other with it, and its age alone grows")
    void oneFigureTakesNoOtherWithIt() throws IOException {
        List<String> failing = List.of("query", "null label", "two of one label");
        collect(
                Duration.ZERO,
                new Figure("query", FiguresCollectorTest::refused),
                new Figure("null label", () -> List.of(labelled((String) null))),
                new Figure("two of one label", () -> List.of(labelled("same", "same"))),
                incidents(() -> 7.0));
        ByteArrayOutputStream look = new ByteArrayOutputStream();

        ExpositionFormats.init().getPrometheusTextFormatWriter().write(look, registry.scrape());

        assertThat(look.toString(StandardCharsets.UTF_8))
                .contains("account_security_incidents 7.0")
                .doesNotContain("account_security_requests");
        for (String figure : failing) {
            assertThat(age(figure)).as(figure).isGreaterThan(age("incidents"));
        }
    }

    @Test
    @DisplayName("before the database has ever answered there is the age alone, which is that of the node")
    void beforeTheDatabaseHasAnsweredThereIsTheAgeAlone() {
        collect(Duration.ZERO, incidents(FiguresCollectorTest::refused));

        assertThat(shown("account_security_incidents")).isEmpty();
        double age = shown(AGE).orElseThrow();
        assertThat(shown(AGE).orElseThrow()).isGreaterThan(age);
    }

    @Test
    @DisplayName(
            "a database that does not answer holds up no look for longer than seconds, and is not asked twice at once")
    void aSilentDatabaseHoldsUpNoLook() {
        CountDownLatch silent = new CountDownLatch(1);
        Deque<Supplier<Double>> answers = new ArrayDeque<>(List.of(() -> 1.0, () -> {
            await(silent);
            return 2.0;
        }));
        collect(Duration.ZERO, incidents(() -> answers.remove().get()));
        assertThat(shown("account_security_incidents")).hasValue(1);

        assertThat(shown("account_security_incidents")).hasValue(1);
        assertThat(shown("account_security_incidents")).hasValue(1);
        assertThat(asked).hasValue(2);

        silent.countDown();
        assertThat(shown("account_security_incidents")).hasValue(2);
    }

    private void collect(Duration readEvery, Figure... figures) {
        DatabaseFigures database = mock();
        when(database.all()).thenReturn(List.of(figures));
        collector = new FiguresCollector(database, registry, new WatchingSettings(readEvery, 2));
    }

    private Figure incidents(Supplier<Double> value) {
        return new Figure("incidents", () -> {
            asked.incrementAndGet();
            return List.of(Gauges.single("incidents", "Open incidents", value.get()));
        });
    }

    private static MetricSnapshot labelled(String... outcomes) {
        GaugeSnapshot.Builder gauge = Gauges.gauge("requests", "Requests");
        for (String outcome : outcomes) {
            Gauges.point(gauge, 1, "outcome", outcome);
        }
        return gauge.build();
    }

    private static <T> T refused() {
        throw new IllegalStateException("connection refused");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private double age(String figure) {
        return points(AGE).stream()
                .filter(point -> figure.equals(point.getLabels().get("figure")))
                .mapToDouble(GaugeSnapshot.GaugeDataPointSnapshot::getValue)
                .findFirst()
                .orElseThrow();
    }

    private OptionalDouble shown(String name) {
        return points(name).stream()
                .mapToDouble(GaugeSnapshot.GaugeDataPointSnapshot::getValue)
                .findFirst();
    }

    private List<GaugeSnapshot.GaugeDataPointSnapshot> points(String name) {
        return registry.scrape().stream()
                .filter(metric -> metric.getMetadata().getName().equals(name))
                .map(GaugeSnapshot.class::cast)
                .flatMap(gauge -> gauge.getDataPoints().stream())
                .toList();
    }
}
