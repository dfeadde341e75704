package org.accountsecurity.watching;

import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;
import java.util.function.Supplier;

/**
 * The metrics that come from one query, the same for all nodes; they are read together and fail together.
 *
 * @param name the value of a label
 */
record Figure(String name, Supplier<List<MetricSnapshot>> query) {}
