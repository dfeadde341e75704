package org.accountsecurity.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.camunda.bpm.engine.OptimisticLockingException;

/** Lets several do something at the same moment. */
public final class Race {

    private Race() {}

    /** Runs all of them at once; for each, in order, what it threw, or null where it came through. */
    public static List<Throwable> run(List<? extends Callable<?>> runners) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(runners.size());
        CyclicBarrier line = new CyclicBarrier(runners.size());
        try {
            List<Future<?>> running = new ArrayList<>();
            for (Callable<?> runner : runners) {
                running.add(threads.submit(() -> {
                    line.await();
                    return runner.call();
                }));
            }
            List<Throwable> thrown = new ArrayList<>();
            for (Future<?> run : running) {
                try {
                    run.get();
                    thrown.add(null);
                } catch (ExecutionException e) {
                    thrown.add(e.getCause());
                }
            }
            return thrown;
        } finally {
            threads.shutdownNow();
        }
    }

    /** The same runner so many times over. */
    public static List<Throwable> run(int times, Callable<?> runner) throws InterruptedException {
        return run(java.util.Collections.nCopies(times, runner));
    }

    /** Whether this is what a loser is told: another was first, or the task is gone. */
    public static boolean lost(Throwable thrown) {
        return thrown == null || thrown instanceof OptimisticLockingException;
    }
}
