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
 * Does what is due in the database on threads of its own, which no job of the engine holds up: every second or as often as it
 * says, and at once when it is woken.
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
     * @param patience for what is being done when the node ends
     * @param next does one thing that is due; false if there is none
     */
    protected WorkerThreads(String name, int threads, Duration patience, BooleanSupplier next) {
        this(name, threads, LOOK, patience, next);
    }

    /** @param look how often it looks at what is due */
    protected WorkerThreads(String name, int threads, Duration look, Duration patience, BooleanSupplier next) {
        this.name = name;
        this.threads = threads;
        this.look = look;
        this.patience = patience;
        this.next = next;
    }

    @Override
    public synchronized void start() {
        // a look that waits for a thread sees whatever is there by then, so that more of them would see no more
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

    /** Lets what is being done come to its end; the rest is left to other nodes, or to the next start. */
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

    /** Looks now. */
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

    /** A look that throws would be the last one: the database may be away, or the machine at a limit. */
    private void survive(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            LOG.warn("No {} can be done now: {}", name, e.getClass().getSimpleName());
        }
    }
}
