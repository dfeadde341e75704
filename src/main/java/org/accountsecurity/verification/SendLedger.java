package org.accountsecurity.verification;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Stores the answer of a gateway to a code, in a transaction of its own, because a sent message cannot be rolled back.
 */
@Component
class SendLedger {

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    SendLedger(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /**
     * A gateway took the code: from now on it counts, and its life begins. A repetition changes nothing. The timer that tidies
     * up moves with it, past the engine: the holder's submission deletes the timer whatever its date, and does not lose.
     */
    void accepted(Code code, String accountId, Purpose purpose, Duration timeToLive, Instant now) {
        transaction.executeWithoutResult(status -> {
            int first = jdbc.sql("update verification_code set delivered_at = ?, send_due_at = null,"
                            + " expires_at = case when spent_at is null and voided_at is null then ? else expires_at end"
                            + " where id = ? and delivered_at is null")
                    .params(Timestamp.from(now), Timestamp.from(now.plus(timeToLive)), code.id())
                    .update();
            if (first == 1) {
                jdbc.sql("delete from code_send where id = ?").param(code.id()).update();
                jdbc.sql("insert into code_send (id, account_id, target_hash, purpose, sent_at) values (?, ?, ?, ?, ?)")
                        .params(code.id(), accountId, code.targetHash(), purpose.name(), Timestamp.from(now))
                        .update();
                jdbc.sql("update ACT_RU_JOB set DUEDATE_ = ? where HANDLER_CFG_ = ? and PROCESS_INSTANCE_ID_ ="
                                + " (select verification_id from verification_code"
                                + " where id = ? and spent_at is null and voided_at is null)")
                        .params(Timestamp.from(now.plus(timeToLive)), VerificationProcess.CODE_EXPIRED, code.id())
                        .update();
            }
        });
    }

    /**
     * No gateway took the code: as if it had not been asked for.
     *
     * @param mayHaveGone whether one may have sent it all the same: then it goes on counting, whatever is said later
     */
    void failed(String codeId, boolean mayHaveGone) {
        String sql = mayHaveGone
                ? "update code_send set may_have_gone = true where id = ? and under_way_until is not null"
                : "delete from code_send where id = ? and under_way_until is not null and not may_have_gone";
        transaction.executeWithoutResult(status -> jdbc.sql(sql).param(codeId).update());
    }
}
