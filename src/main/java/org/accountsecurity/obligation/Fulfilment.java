package org.accountsecurity.obligation;

import java.time.Instant;
import java.util.Optional;

/** Fulfils one kind of obligation, with the same code as the delegate of a diagram, and marks it as done. */
public interface Fulfilment {

    Kind kind();

    /**
     * Fulfils the obligation; a repetition, also a concurrent one, changes nothing.
     *
     * @return when to continue, if it is neither done nor failed
     */
    Optional<Instant> fulfil(String requestId, String subject);
}
