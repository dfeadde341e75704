package org.accountsecurity.obligation;

import java.time.Instant;
import java.util.Optional;

/** Fulfils one kind of obligation, by the same code as the delegate of a diagram, which notes that it is done. */
public interface Fulfilment {

    Kind kind();

    /**
     * Does what is owed; a repetition, also at the same time, changes nothing.
     *
     * @return when to go on where it is not done and has not failed
     */
    Optional<Instant> fulfil(String requestId, String subject);
}
