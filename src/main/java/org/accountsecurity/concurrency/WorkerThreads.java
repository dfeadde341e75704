package org.accountsecurity.concurrency;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Does work that is due in the database, on threads that the jobs of the engine do not share: at a fixed interval, and
 * at once when woken.
 */
public class WorkerThreads implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(WorkerThreads.class);
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final String name;
    private final int threads;
    private final Duration look;
    private final Duration patience;
    private final BooleanSupplier next;

    private volatile ThreadPoolExecutor pool;
    private ScheduledExecutorService looks;

    /**
     * @param name of its threads
     * @param patience how long a stopping node waits for work in progress
     * @param next does one piece of due work; false if there is none
     */
    protected WorkerThreads(String name, int threads, Duration patience, BooleanSupplier next) {
        this(name, threads, LOOK, patience, next);
    }

    /** @param look the interval between looks for due work */
    protected WorkerThreads(String name, int threads, Duration look, Duration patience, BooleanSupplier next) {
        this.name = name;
        this.threads = threads;
        this.look = look;
        this.patience = patience;
        this.next = next;
    }

    @Override
    public synchronized void start() {
        // a waiting look will see all work that is due by then, so further looks are discarded
        pool = new ThreadPoolExecutor(
                threads,
                threads,
                1,
                TimeUnit.MINUTES,
                new ArrayBlockingQueue<>(threads),
                new CustomizableThreadFactory(name + "-"),
                new ThreadPoolExecutor.DiscardPolicy());
        pool.allowCoreThreadTimeOut(true);
        looks = Executors.newSingleThreadScheduledExecutor(new CustomizableThreadFactory(name + "-looks-"));
        looks.scheduleWithFixedDelay(this::wake, look.toMillis(), look.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Finishes the work in progress; the rest is left to other nodes or to the next start. */
    @Override
    public synchronized void stop() {
        looks.shutdownNow();
        pool.shutdown();
        try {
            if (!pool.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("The node ends before all of {} is done; what is left is done again", name);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        looks = null;
    }

    @Override
    public synchronized boolean isRunning() {
        return looks != null;
    }

    /** Stops after the last request, which may have left something to do. */
    @Override
    public int getPhase() {
        return 0;
    }

    /** Looks for due work now. */
    protected void wake() {
        ThreadPoolExecutor current = pool;
        if (current != null) {
            survive(() -> current.execute(() -> survive(() -> doAll(current))));
        }
    }

    private void doAll(ThreadPoolExecutor current) {
        boolean more = true;
        while (more && !current.isShutdown()) {
            more = next.getAsBoolean();
        }
    }

    /** Keeps the schedule alive after a failure, such as a database that is not reachable. */
    private void survive(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            LOG.warn("No {} can be done now: {}", name, e.getClass().getSimpleName());
        }
    }
}
