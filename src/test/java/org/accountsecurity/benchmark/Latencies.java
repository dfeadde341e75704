package org.accountsecurity.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;

/** How long each interaction took, in microseconds. */
final class Latencies {

    private final Map<String, List<Long>> byInteraction = new ConcurrentSkipListMap<>();

    <T> T of(String interaction, Supplier<T> done) {
        long begun = System.nanoTime();
        T result = done.get();
        long took = (System.nanoTime() - begun) / 1_000;
        List<Long> all = byInteraction.computeIfAbsent(interaction, name -> new ArrayList<>());
        synchronized (all) {
            all.add(took);
        }
        return result;
    }

    void of(String interaction, Runnable done) {
        of(interaction, () -> {
            done.run();
            return null;
        });
    }

    Map<String, List<Long>> all() {
        return byInteraction;
    }
}
