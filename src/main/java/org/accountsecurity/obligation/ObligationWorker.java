package org.accountsecurity.obligation;

import java.time.Duration;
import org.accountsecurity.concurrency.WorkerThreads;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/** Runs the sweep once a minute, on threads of its own. */
@Component
@ConditionalOnProperty(name = "account-security.background-work", matchIfMissing = true)
class ObligationWorker extends WorkerThreads {

    /** Two, since a gateway or a data set that does not answer blocks one. */
    private static final int THREADS = 2;

    private static final Duration LOOK = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    ObligationWorker(ObligationSweep sweep) {
        super("obligations", THREADS, LOOK, PATIENCE, sweep::doNext);
    }
}
