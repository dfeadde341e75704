package org.accountsecurity.deregistration.receipt;

import java.time.LocalDate;

/**
 * What the holder of a number and its secret may see.
 *
 * @param keepUntil the last day on which it can be looked up
 * @param finishBy the last day of the deadline; null where none is kept
 * @param verified how many of the data sets are done and proven so
 * @param jws the signed receipt; null until every data set is done
 */
record Receipt(String number, LocalDate keepUntil, LocalDate finishBy, int verified, int dataSets, String jws) {

    boolean issued() {
        return jws != null;
    }
}
