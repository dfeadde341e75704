package org.accountsecurity.obligation;

import java.time.Instant;
import java.util.Optional;
import org.springframework.transaction.annotation.Transactional;

/** Fulfils what is owed once for a request, in one transaction. */
public interface OwedOnce extends Fulfilment {

    /** Does what is owed and notes that it is done; a repetition, also at the same time, changes nothing. */
    void fulfil(String requestId);

    @Override
    @Transactional
    default Optional<Instant> fulfil(String requestId, String subject) {
        fulfil(requestId);
        return Optional.empty();
    }
}
