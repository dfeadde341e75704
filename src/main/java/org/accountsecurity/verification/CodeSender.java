package org.accountsecurity.verification;

import java.time.Duration;
import org.accountsecurity.concurrency.WorkerThreads;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** Sends the codes of the outbox: at once when this node issues one, and every second for codes of other nodes. */
@Component
@ConditionalOnProperty(name = "account-security.background-work", matchIfMissing = true)
class CodeSender extends WorkerThreads {

    /** A gateway that does not answer holds one of them for some seconds. */
    private static final int THREADS = 8;

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    CodeSender(CodeOutbox outbox) {
        super("codes", THREADS, PATIENCE, outbox::sendNext);
    }

    @TransactionalEventListener(condition = "#event.outcome().name() == 'ISSUED'", fallbackExecution = true)
    void onIssued(CodeEvent event) {
        wake();
    }
}
