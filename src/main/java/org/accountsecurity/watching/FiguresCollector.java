package org.accountsecurity.watching;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Shows the metrics of the database to Prometheus. A query that fails or a database that does not answer delays neither
 * the scrape nor other metrics: the last values are shown again, with their age.
 */
@Component
class FiguresCollector implements MultiCollector, DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(FiguresCollector.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final List<Figure> figures;
    private final PrometheusRegistry registry;
    private final Duration readEvery;
    private final Map<String, Reading> last = new ConcurrentHashMap<>();
    private final ExecutorService reader = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "figures");
        thread.setDaemon(true);
        return thread;
    });

    private Future<?> reading = CompletableFuture.completedFuture(null);
    private Long lookedAt;

    FiguresCollector(DatabaseFigures database, PrometheusRegistry registry, WatchingSettings settings) {
        this.figures = database.all();
        this.registry = registry;
        this.readEvery = settings.readEvery();
        // until a first reading, the age counts from the start of this node
        figures.forEach(figure -> last.put(figure.name(), new Reading(List.of(), System.nanoTime())));
        registry.register(this);
    }

    private record Reading(List<MetricSnapshot> snapshots, long nanoTime) {}

    @Override
    public synchronized MetricSnapshots collect() {
        if (reading.isDone() && (lookedAt == null || since(lookedAt).compareTo(readEvery) >= 0)) {
            lookedAt = System.nanoTime();
            reading = reader.submit(() -> figures.forEach(this::read));
        }
        try {
            reading.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            LOG.error("The figures could not be read", e.getCause());
        } catch (TimeoutException e) {
            LOG.warn("The figures are not read yet");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return shown();
    }

    @Override
    public void destroy() {
        registry.unregister(this);
        reader.shutdownNow();
    }

    private void read(Figure figure) {
        try {
            last.put(figure.name(), new Reading(figure.query().get(), System.nanoTime()));
        } catch (RuntimeException e) {
            LOG.warn(
                    "The figure {} could not be read: {}",
                    figure.name(),
                    e.getClass().getSimpleName());
        }
    }

    private MetricSnapshots shown() {
        List<MetricSnapshot> snapshots = new ArrayList<>();
        GaugeSnapshot.Builder age =
                Gauges.gauge("figures_age_seconds", "How old the figures are that come from the database");
        last.forEach((figure, read) -> {
            snapshots.addAll(read.snapshots());
            Gauges.point(age, since(read.nanoTime()).toNanos() / 1e9, "figure", figure);
        });
        snapshots.add(age.build());
        return new MetricSnapshots(snapshots);
    }

    private static Duration since(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }
}
