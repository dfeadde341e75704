package org.accountsecurity.concurrency;

import java.util.function.Supplier;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.transaction.support.TransactionOperations;

/** A transaction that meets others of the same request, and is done again where one of them was first. */
public final class RacingTransaction {

    private static final int ATTEMPTS = 5;

    private RacingTransaction() {}

    /** Does it; the failure of the last attempt is thrown. */
    public static <T> T execute(TransactionOperations transaction, Supplier<T> action) {
        for (int attempt = 1; ; attempt++) {
            try {
                return transaction.execute(status -> action.get());
            } catch (OptimisticLockingException | ConcurrencyFailureException e) {
                // the request has just moved on; nothing of the attempt is left
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }
}
