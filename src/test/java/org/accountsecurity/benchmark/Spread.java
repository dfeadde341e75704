package org.accountsecurity.benchmark;

import java.util.List;
import java.util.stream.DoubleStream;

/** The middle of some numbers and how far they lie apart. */
record Spread(double median, double least, double most) {

    static Spread of(DoubleStream numbers) {
        double[] sorted = numbers.sorted().toArray();
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }

    /** The smallest number that so many per cent do not exceed. */
    static long percentile(List<Long> numbers, int percent) {
        List<Long> sorted = numbers.stream().sorted().toList();
        return sorted.get(Math.max(0, (int) Math.ceil(percent / 100.0 * sorted.size()) - 1));
    }

    @Override
    public String toString() {
        return "%.2f (%.2f–%.2f)".formatted(median, least, most);
    }
}
