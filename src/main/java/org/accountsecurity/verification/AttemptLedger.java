package org.accountsecurity.verification;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;
import org.accountsecurity.request.Submission;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Charges a try before the code is compared, in a transaction of its own: a rollback of the engine's transaction does
 * not give the try back, and a repeated submission is charged once. It uses a connection pool of its own, because its
 * caller already holds a connection of the main pool.
 */
@Component
class AttemptLedger {

    private static final Duration WINDOW = Duration.ofDays(1);

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    AttemptLedger(@Qualifier(AttemptLedgerConfiguration.POOL) DataSource pool) {
        this.jdbc = JdbcClient.create(pool);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(pool));
    }

    /** Whether an earlier attempt at the same submission has charged it. */
    boolean isCharged(String codeId) {
        return Submission.isDone(tryOf(codeId));
    }

    /** Takes one try off the code and counts a failure for the account; false if the code had none left to take. */
    boolean charge(String codeId, String accountId, VerificationPolicy policy, Instant now) {
        if (isCharged(codeId)) {
            return true;
        }
        boolean charged = Boolean.TRUE.equals(transaction.execute(status -> {
            // as when a code is issued: first the account's allowance, then its codes
            jdbc.sql("select subject from code_allowance where subject = ? for update")
                    .param(accountId)
                    .query(String.class)
                    .optional();
            int updated = jdbc.sql("update verification_code set tries_left = tries_left - 1"
                            + " where id = ? and tries_left > 0 and spent_at is null and voided_at is null"
                            + " and expires_at > ?")
                    .params(codeId, Timestamp.from(now))
                    .update();
            if (updated == 1) {
                countFailure(accountId, policy, now);
            }
            return updated == 1;
        }));
        if (charged) {
            Submission.keep(tryOf(codeId));
        }
        return charged;
    }

    /** Gives one try back, after an older code of the same verification was typed. */
    void refund(String codeId, String accountId) {
        transaction.executeWithoutResult(status -> {
            jdbc.sql("update code_allowance set failures = failures - 1 where subject = ? and failures > 0")
                    .param(accountId)
                    .update();
            jdbc.sql("update verification_code set tries_left = tries_left + 1 where id = ?")
                    .param(codeId)
                    .update();
        });
        Submission.forget(tryOf(codeId));
    }

    private static String tryOf(String codeId) {
        return "try of " + codeId;
    }

    private void countFailure(String accountId, VerificationPolicy policy, Instant now) {
        Timestamp windowStart = Timestamp.from(now.minus(WINDOW));
        jdbc.sql("update code_allowance set"
                        + " failures = case when counted_from <= ? then 1 else failures + 1 end,"
                        + " counted_from = case when counted_from <= ? then ? else counted_from end"
                        + " where subject = ?")
                .params(windowStart, windowStart, Timestamp.from(now), accountId)
                .update();
        jdbc.sql("update code_allowance set failures = 0, counted_from = ?, paused_until = ?"
                        + " where subject = ? and failures >= ?")
                .params(
                        Timestamp.from(now),
                        Timestamp.from(now.plus(policy.pause())),
                        accountId,
                        policy.failuresPerDay())
                .update();
    }
}
