package org.accountsecurity.obligation;

import java.time.Duration;
import org.accountsecurity.concurrency.WorkerThreads;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/** Sweeps once a minute, on threads that no job of the engine holds up. */
@Component
@ConditionalOnProperty(name = "account-security.background-work", matchIfMissing = true)
class ObligationWorker extends WorkerThreads {

    /** A gateway or a data set that does not answer holds one of them. */
    private static final int THREADS = 2;

    private static final Duration LOOK = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    ObligationWorker(ObligationSweep sweep) {
        super("obligations", THREADS, LOOK, PATIENCE, sweep::doNext);
    }
}
