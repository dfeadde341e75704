package org.accountsecurity.request;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** The hash of the form that each holder was last shown, for tasks that ask for a statement. */
@Component
public class ShownForms {

    private final JdbcClient jdbc;
    private final TransactionTemplate savepoint;

    ShownForms(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.savepoint = new TransactionTemplate(transactions);
        this.savepoint.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    }

    /** Records a hash; nothing is written if it is recorded already. */
    public void record(String taskId, String requestId, String accountId, String hash) {
        if (isShown(taskId, accountId, hash) || renew(taskId, accountId, hash)) {
            return;
        }
        try {
            savepoint.executeWithoutResult(status -> jdbc.sql(
                            "insert into shown_form (task_id, request_id, account_id, hash) values (?, ?, ?, ?)")
                    .params(taskId, requestId, accountId, hash)
                    .update());
        } catch (DuplicateKeyException e) {
            // read in another window at the same time
            renew(taskId, accountId, hash);
        }
    }

    /** Whether this is the hash of the form that the account was last shown. */
    public boolean isShown(String taskId, String accountId, String hash) {
        return jdbc.sql("select count(*) from shown_form where task_id = ? and account_id = ? and hash = ?")
                        .params(taskId, accountId, hash)
                        .query(Long.class)
                        .single()
                > 0;
    }

    private boolean renew(String taskId, String accountId, String hash) {
        return jdbc.sql("update shown_form set account_id = ?, hash = ? where task_id = ?")
                        .params(accountId, hash, taskId)
                        .update()
                > 0;
    }
}
