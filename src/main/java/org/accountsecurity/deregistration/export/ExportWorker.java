package org.accountsecurity.deregistration.export;

import java.time.Duration;
import org.accountsecurity.concurrency.WorkerThreads;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/** Makes copies, as many at a time as a node may; one that is being made when the node ends is given back. */
@Component
@ConditionalOnProperty(name = "account-security.background-work", matchIfMissing = true)
class ExportWorker extends WorkerThreads {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ExportMaking making;

    ExportWorker(ExportMaking making, ExportSettings settings) {
        super("copies", settings.atOnce(), PATIENCE, making::makeNext);
        this.making = making;
    }

    @Override
    public synchronized void start() {
        making.setEnding(false);
        super.start();
    }

    @Override
    public synchronized void stop() {
        making.setEnding(true);
        super.stop();
    }
}
