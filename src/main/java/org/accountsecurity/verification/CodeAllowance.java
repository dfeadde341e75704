package org.accountsecurity.verification;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** One row for each account and address: the lock behind the limits, and the failures and the pause of an account. */
@Component
class CodeAllowance {

    private final JdbcClient jdbc;
    private final TransactionTemplate savepoint;

    CodeAllowance(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.savepoint = new TransactionTemplate(transactions);
        this.savepoint.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    }

    /** Makes every other issue of a code for this account or address wait until the transaction ends. */
    void lock(String subject, Instant now) {
        try {
            savepoint.executeWithoutResult(status -> jdbc.sql(
                            "insert into code_allowance (subject, failures, counted_from)"
                                    + " select ?, 0, ? where not exists (select 1 from code_allowance where subject = ?)")
                    .params(subject, Timestamp.from(now), subject)
                    .update());
        } catch (DuplicateKeyException e) {
            // another transaction has created it
        }
        jdbc.sql("select subject from code_allowance where subject = ? for update")
                .param(subject)
                .query(String.class)
                .single();
    }

    /** When the account may be verified again, if it is paused now. */
    Optional<Instant> pausedUntil(String accountId, Instant now) {
        return jdbc.sql("select paused_until from code_allowance where subject = ? and paused_until > ?")
                .params(accountId, Timestamp.from(now))
                .query((row, number) -> row.getTimestamp(1).toInstant())
                .optional();
    }

    /** Forgets the failures, after the holder was verified. */
    void reset(String accountId, Instant now) {
        jdbc.sql("update code_allowance set failures = 0, counted_from = ?, paused_until = null where subject = ?")
                .params(Timestamp.from(now), accountId)
                .update();
    }
}
