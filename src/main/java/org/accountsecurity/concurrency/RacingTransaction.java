package org.accountsecurity.concurrency;

import java.util.function.Supplier;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.transaction.support.TransactionOperations;

/** A transaction that is repeated when a concurrent transaction of the same request was first. */
public final class RacingTransaction {

    private static final int ATTEMPTS = 5;

    private RacingTransaction() {}

    /** Runs the action, up to {@value #ATTEMPTS} times; throws the failure of the last attempt. */
    public static <T> T execute(TransactionOperations transaction, Supplier<T> action) {
        for (int attempt = 1; ; attempt++) {
            try {
                return transaction.execute(status -> action.get());
            } catch (OptimisticLockingException | ConcurrencyFailureException e) {
                // rolled back: another transaction has moved the request on
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }
}
