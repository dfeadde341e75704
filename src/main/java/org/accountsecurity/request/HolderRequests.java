package org.accountsecurity.request;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Whom a running process is about, written once from the authenticated user. The id of a request is the business key of
 * its process instances; nothing that a client sends can change or choose it.
 */
@Component
public class HolderRequests {

    private final JdbcClient jdbc;
    private final Clock clock;

    HolderRequests(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Opens a request, unless the account has one open for this process. The caller holds the lock of the account's
     * row; a unique index stands behind it.
     *
     * @return the id of the new request, empty if there is an open one
     */
    public Optional<String> open(String processKey, String accountId, String processInstanceId) {
        boolean alreadyOpen = jdbc.sql("select count(*) from holder_request where process_key = ? and open_for = ?")
                        .params(processKey, accountId)
                        .query(Long.class)
                        .single()
                > 0;
        if (alreadyOpen) {
            return Optional.empty();
        }
        String id = UUID.randomUUID().toString();
        jdbc.sql("insert into holder_request (id, process_key, account_id, process_instance_id, open_for, opened_at)"
                        + " values (?, ?, ?, ?, ?, ?)")
                .params(id, processKey, accountId, processInstanceId, accountId, Timestamp.from(clock.instant()))
                .update();
        return Optional.of(id);
    }

    /**
     * The account that the request is about.
     *
     * @throws org.springframework.dao.EmptyResultDataAccessException if there is no such request
     */
    public String accountOf(String requestId) {
        return jdbc.sql("select account_id from holder_request where id = ?")
                .param(requestId)
                .query(String.class)
                .single();
    }

    /** The process instance of the account's open request for this process. */
    public Optional<String> openInstance(String processKey, String accountId) {
        return jdbc.sql("select process_instance_id from holder_request where process_key = ? and open_for = ?")
                .params(processKey, accountId)
                .query(String.class)
                .optional();
    }

    /** Ends a request, so that the account may open another; a second call changes nothing. */
    public void end(String requestId, String outcome) {
        jdbc.sql(
                        "update holder_request set open_for = null, ended_at = ?, outcome = ? where id = ? and ended_at is null")
                .params(Timestamp.from(clock.instant()), outcome, requestId)
                .update();
    }
}
