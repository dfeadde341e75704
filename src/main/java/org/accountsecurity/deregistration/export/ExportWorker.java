package org.accountsecurity.deregistration.export;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;

/** Makes copies on threads that do nothing else, on each node that does jobs. */
@Component
class ExportWorker implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(ExportWorker.class);

    private static final long LOOK_MILLISECONDS = 1_000;
    private static final long PATIENCE_SECONDS = 10;

    private final ExportMaking making;
    private final int threads;
    private final boolean wanted;
    private volatile ScheduledExecutorService looks;

    ExportWorker(
            ExportMaking making,
            ExportSettings settings,
            @Value("${camunda.bpm.job-execution.enabled:true}") boolean wanted) {
        this.making = making;
        this.threads = settings.atOnce();
        this.wanted = wanted;
    }

    @Override
    public void start() {
        if (!wanted) {
            return;
        }
        making.setEnding(false);
        looks = Executors.newScheduledThreadPool(threads, new CustomizableThreadFactory("export-"));
        for (int thread = 0; thread < threads; thread++) {
            looks.scheduleWithFixedDelay(this::makeAll, LOOK_MILLISECONDS, LOOK_MILLISECONDS, TimeUnit.MILLISECONDS);
        }
    }

    /** A copy under way is given up, and left to another node or to the next start. */
    @Override
    public void stop() {
        ScheduledExecutorService stopped = looks;
        if (stopped == null) {
            return;
        }
        looks = null;
        making.setEnding(true);
        stopped.shutdown();
        try {
            if (!stopped.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("A copy is left unfinished; it is made anew in {}", ExportOrders.LEASE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return looks != null;
    }

    private void makeAll() {
        try {
            while (isRunning() && making.makeNext()) {
                // the next has waited long enough
            }
        } catch (RuntimeException | Error e) {
            // the database is away, or a copy has met a limit of the machine: a look that throws would be the last
            LOG.warn("No copies are made now: {}", e.getClass().getSimpleName());
        }
    }
}
