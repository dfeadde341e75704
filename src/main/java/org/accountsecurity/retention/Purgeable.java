package org.accountsecurity.retention;

import java.time.Instant;

/** Stores rows that expire; each bean of this type is asked once an hour until nothing is left. */
public interface Purgeable {

    /**
     * Deletes rows whose time is over, as many as fit into a transaction of about a second.
     *
     * @return how many; 0 when none is left
     */
    int purge(Instant now);
}
