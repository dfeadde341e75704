package org.accountsecurity.obligation;

import java.time.Instant;
import java.util.Optional;
import org.springframework.transaction.annotation.Transactional;

/** Fulfils an obligation that a request has once, in one transaction. */
public interface OwedOnce extends Fulfilment {

    /** Fulfils the obligation and marks it as done; a repetition, also a concurrent one, changes nothing. */
    void fulfil(String requestId);

    @Override
    @Transactional
    default Optional<Instant> fulfil(String requestId, String subject) {
        fulfil(requestId);
        return Optional.empty();
    }
}
