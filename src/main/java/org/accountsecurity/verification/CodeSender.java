package org.accountsecurity.verification;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Empties the outbox of codes on threads of its own, which no job of the engine holds up: at once when this node has issued
 * one, and every second for what others have left.
 */
@Component
@ConditionalOnProperty(name = "camunda.bpm.job-execution.enabled", matchIfMissing = true)
class CodeSender implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(CodeSender.class);

    /** A gateway that does not answer holds one of them for some seconds. */
    private static final int THREADS = 8;

    private static final int LOOK_SECONDS = 1;
    private static final int PATIENCE_SECONDS = 20;

    private final CodeOutbox outbox;

    private volatile ThreadPoolExecutor threads;
    private ScheduledExecutorService clock;

    CodeSender(CodeOutbox outbox) {
        this.outbox = outbox;
    }

    @TransactionalEventListener(condition = "#event.outcome().name() == 'ISSUED'", fallbackExecution = true)
    void onIssued(CodeEvent event) {
        look();
    }

    @Override
    public synchronized void start() {
        // one that waits for a thread sees whatever is there by then, so that more of them would see no more
        threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                1,
                TimeUnit.MINUTES,
                new ArrayBlockingQueue<>(THREADS),
                new CustomizableThreadFactory("codes-"),
                new ThreadPoolExecutor.DiscardPolicy());
        threads.allowCoreThreadTimeOut(true);
        clock = Executors.newSingleThreadScheduledExecutor(new CustomizableThreadFactory("codes-clock-"));
        clock.scheduleWithFixedDelay(this::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    /** Lets what is being sent come to its end; the rest is left to other nodes, or to the next start. */
    @Override
    public synchronized void stop() {
        clock.shutdownNow();
        threads.shutdown();
        try {
            threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        clock = null;
    }

    @Override
    public synchronized boolean isRunning() {
        return clock != null;
    }

    /** Stops after the last request, which may have issued a code. */
    @Override
    public int getPhase() {
        return 0;
    }

    private void look() {
        try {
            ThreadPoolExecutor pool = threads;
            if (pool != null) {
                pool.execute(this::sendAll);
            }
        } catch (Error e) {
            // without a thread for it; a look that throws would be the last
            LOG.warn("Codes can't be sent now: {}", e.getClass().getSimpleName());
        }
    }

    private void sendAll() {
        try {
            boolean more = true;
            while (more && !threads.isShutdown()) {
                more = outbox.sendNext();
            }
        } catch (RuntimeException e) {
            LOG.warn("Codes can't be sent now: {}", e.getClass().getSimpleName());
        }
    }
}
