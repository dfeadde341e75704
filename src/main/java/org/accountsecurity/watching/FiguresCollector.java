package org.accountsecurity.watching;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Shows the database's figures when Prometheus looks. A database that does not answer holds up no look: the last figures
 * are shown again, and their age with them.
 */
@Component
class FiguresCollector implements MultiCollector, DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(FiguresCollector.class);
    private static final String NAME = "account_security_";
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final DatabaseFigures database;
    private final PrometheusRegistry registry;
    private final Duration readEvery;
    private final ExecutorService reader = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "figures");
        thread.setDaemon(true);
        return thread;
    });

    private Future<Reading> reading = CompletableFuture.completedFuture(null);
    private Reading last;

    FiguresCollector(
            DatabaseFigures database,
            PrometheusRegistry registry,
            @Value("${account-security.watching.read-every}") Duration readEvery) {
        this.database = database;
        this.registry = registry;
        this.readEvery = readEvery;
        registry.register(this);
    }

    private record Reading(Figures figures, long nanoTime) {

        Duration age() {
            return Duration.ofNanos(System.nanoTime() - nanoTime);
        }
    }

    @Override
    public synchronized MetricSnapshots collect() {
        if (reading.isDone() && (last == null || last.age().compareTo(readEvery) >= 0)) {
            reading = reader.submit(() -> new Reading(database.read(), System.nanoTime()));
        }
        try {
            Reading read = reading.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            last = read == null ? last : read;
        } catch (ExecutionException e) {
            LOG.warn(
                    "The figures could not be read: {}", e.getCause().getClass().getSimpleName());
        } catch (TimeoutException e) {
            LOG.warn("The figures are not read yet");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return last == null ? new MetricSnapshots() : shown(last);
    }

    @Override
    public void destroy() {
        registry.unregister(this);
        reader.shutdownNow();
    }

    private static MetricSnapshots shown(Reading reading) {
        Figures figures = reading.figures();
        GaugeSnapshot.Builder open = gauge("requests_open", "Requests that are under way");
        figures.open().forEach((process, requests) -> point(open, requests, "process", process));
        GaugeSnapshot.Builder ended =
                gauge("requests_ended_last_day", "Requests that ended within the last 24 hours, by their end event");
        GaugeSnapshot.Builder duration = gauge(
                "request_duration_last_day_seconds", "How long the requests took that ended within the last 24 hours");
        for (Figures.Ended some : figures.ended()) {
            point(ended, some.requests(), "process", some.process(), "outcome", some.outcome());
            statistic(duration, some, "median", some.medianSeconds());
            statistic(duration, some, "p95", some.ninetyFifthSeconds());
            statistic(duration, some, "longest", some.longestSeconds());
        }
        return MetricSnapshots.of(
                open.build(),
                ended.build(),
                duration.build(),
                single(
                        "deadlines_at_risk",
                        "Open requests with few working days left, late ones included",
                        figures.deadlinesAtRisk()),
                single("deadlines_missed", "Open requests whose last day is over", figures.deadlinesMissed()),
                single(
                        "deadlines_uncertain",
                        "Open requests whose last day was counted without the calendar of the next year",
                        figures.deadlinesUncertain()),
                single("erasures_stuck", "Data sets that could not be erased so far", figures.erasuresStuck()),
                single("incidents", "Open incidents of the engine", figures.incidents()),
                single("jobs_failed", "Jobs that no longer try again", figures.jobsFailed()),
                single("jobs_due", "Jobs that are due and not done", figures.jobsDue()),
                single(
                        "jobs_oldest_due_seconds",
                        "For how long the job has been due that has been due for longest",
                        figures.oldestDueSeconds()),
                single(
                        "figures_age_seconds",
                        "How old the figures are that come from the database",
                        reading.age().toMillis() / 1000.0));
    }

    private static GaugeSnapshot.Builder gauge(String name, String help) {
        return GaugeSnapshot.builder().name(NAME + name).help(help);
    }

    private static GaugeSnapshot single(String name, String help, double value) {
        GaugeSnapshot.Builder gauge = gauge(name, help);
        point(gauge, value);
        return gauge.build();
    }

    private static void statistic(GaugeSnapshot.Builder gauge, Figures.Ended some, String statistic, double seconds) {
        point(gauge, seconds, "process", some.process(), "outcome", some.outcome(), "statistic", statistic);
    }

    private static void point(GaugeSnapshot.Builder gauge, double value, String... labels) {
        gauge.dataPoint(GaugeDataPointSnapshot.builder()
                .labels(Labels.of(labels))
                .value(value)
                .build());
    }
}
