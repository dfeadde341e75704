package org.accountsecurity.deregistration.receipt;

import java.time.LocalDate;

/**
 * What the holder of a number and its secret may see.
 *
 * @param keepUntil the last day on which it can be looked up
 * @param finishBy the last day of the deadline; null where none is kept
 * @param planned how many data sets are to be done; 0 while the account is open
 * @param verified how many of them are done and proven so
 * @param failed how many of them have failed so far
 * @param jws the signed receipt; null until every data set is done
 */
record Receipt(
        String number, LocalDate keepUntil, LocalDate finishBy, int planned, int verified, int failed, String jws) {

    boolean issued() {
        return jws != null;
    }

    /** Whether the account is closed, though not every data set may be done. */
    boolean closed() {
        return planned > 0;
    }
}
