package org.accountsecurity.watching;

import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.Objects;

/** Gauges of this application, as Prometheus reads them. */
final class Gauges {

    private static final String NAME = "account_security_";

    private Gauges() {}

    static GaugeSnapshot.Builder gauge(String name, String help) {
        return GaugeSnapshot.builder().name(NAME + name).help(help);
    }

    static GaugeSnapshot single(String name, String help, double value) {
        GaugeSnapshot.Builder gauge = gauge(name, help);
        point(gauge, value);
        return gauge.build();
    }

    /**
     * Adds a value. A null label is refused here, because later it would fail the whole scrape.
     *
     * @param labels names and values in turn
     */
    static void point(GaugeSnapshot.Builder gauge, double value, String... labels) {
        for (String label : labels) {
            Objects.requireNonNull(label);
        }
        gauge.dataPoint(GaugeDataPointSnapshot.builder()
                .labels(Labels.of(labels))
                .value(value)
                .build());
    }
}
