package org.accountsecurity.request;

import java.sql.Date;
import java.time.Clock;
import java.time.LocalDate;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionTemplate;

/** The number of times each answer was given, by question and day. */
@Component
class AnswerCounts {

    private final JdbcClient jdbc;
    private final Clock clock;
    private final TransactionTemplate savepoint;

    AnswerCounts(JdbcClient jdbc, Clock clock, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.savepoint = new TransactionTemplate(transactions);
        this.savepoint.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    }

    /** In the transaction of the submission, and last: all who give this answer today lock the same row. */
    @TransactionalEventListener(phase = TransactionPhase.BEFORE_COMMIT)
    void count(AnswerCounted counted) {
        if (add(counted) == 0) {
            try {
                savepoint.executeWithoutResult(status -> jdbc.sql(
                                "insert into answer_count (question, answer, answered_on, answers) values (?, ?, ?, 1)")
                        .params(counted.question(), counted.answer(), today())
                        .update());
            } catch (DuplicateKeyException e) {
                add(counted);
            }
        }
    }

    private int add(AnswerCounted counted) {
        return jdbc.sql("update answer_count set answers = answers + 1"
                        + " where question = ? and answer = ? and answered_on = ?")
                .params(counted.question(), counted.answer(), today())
                .update();
    }

    private Date today() {
        return Date.valueOf(LocalDate.ofInstant(clock.instant(), clock.getZone()));
    }
}
