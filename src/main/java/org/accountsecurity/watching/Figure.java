package org.accountsecurity.watching;

import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;
import java.util.function.Supplier;

/**
 * Metrics that come from one query and are the same on all nodes; they are read together and fail together.
 *
 * @param name the value of a label
 */
record Figure(String name, Supplier<List<MetricSnapshot>> query) {}
