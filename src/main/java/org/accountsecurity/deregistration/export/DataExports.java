package org.accountsecurity.deregistration.export;

import java.io.IOException;
import java.io.OutputStream;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.accountsecurity.request.HolderRequests;
import org.accountsecurity.retention.Purgeable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The copies of their data that holders take along: zipped into rows of the database, for a limited time, and gone at the
 * latest with the account. Neither writing nor reading one needs more memory than a few rows do.
 */
@Component
public class DataExports implements Purgeable {

    /** Exports that one call of {@link #purge} deletes. */
    private static final int CHUNK = 100;

    private final HolderRequests requests;
    private final ExportOrders orders;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;

    DataExports(
            HolderRequests requests,
            ExportOrders orders,
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.requests = requests;
        this.orders = orders;
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /** An export that can be downloaded; another one of the same request expires at another time. */
    record DataExport(String requestId, long bytes, Instant expiresAt) {}

    /** Orders the copy of all that the account of the request holds, in the place of the one before. */
    @Transactional
    public void order(String requestId) {
        delete(requestId);
        orders.add(requestId, requests.accountOf(requestId));
    }

    /** The state of the copy of a request, as its holder reads it. */
    public String stateOf(String requestId) {
        // read first: a copy that is finished in between is found, and not said to be missing
        ExportState state = orders.stateOf(requestId);
        return (find(requests.accountOf(requestId)).isPresent() ? ExportState.READY : state).text();
    }

    /** The state of a copy that the account can't download yet. */
    ExportState stateFor(String accountId) {
        return orders.stateFor(accountId);
    }

    /** What the account can download now: the export of its open request, unless its time is over. */
    Optional<DataExport> find(String accountId) {
        return jdbc.sql("select e.request_id, e.bytes, e.expires_at from data_export e"
                        + " join holder_request r on r.id = e.request_id and r.open_for = e.account_id"
                        + " where e.account_id = ? and e.expires_at > ?")
                .params(accountId, Timestamp.from(clock.instant()))
                .query((row, number) -> new DataExport(
                        row.getString("request_id"),
                        row.getLong("bytes"),
                        row.getTimestamp("expires_at").toInstant()))
                .optional();
    }

    /**
     * Writes an export part by part, and holds no connection of the database while the recipient is slow.
     *
     * @throws IllegalStateException if it is deleted or replaced meanwhile
     */
    void write(DataExport export, OutputStream out) throws IOException {
        long written = 0;
        for (int number = 1; written < export.bytes(); number++) {
            byte[] part = jdbc.sql("select p.content from data_export_part p"
                            + " join data_export e on e.request_id = p.request_id"
                            + " where p.request_id = ? and p.number = ? and e.expires_at = ?")
                    .params(export.requestId(), number, Timestamp.from(export.expiresAt()))
                    .query((row, rowNumber) -> row.getBytes(1))
                    .optional()
                    .orElseThrow(() -> new IllegalStateException("the export was deleted during the download"));
            out.write(part);
            written += part.length;
        }
    }

    /** Deletes the export of a request, if there is one; one that is being made is given up. */
    @Transactional
    public void delete(String requestId) {
        // first: from then on nobody writes a part of it
        orders.cancel(requestId);
        jdbc.sql("delete from data_export where request_id = ?")
                .param(requestId)
                .update();
        deleteParts(requestId);
    }

    /** Deletes every export of an account; a download that is under way breaks off. */
    @Transactional
    public void deleteOf(String accountId) {
        jdbc.sql("select request_id from data_export where account_id = :account"
                        + " union select request_id from data_export_order where account_id = :account")
                .param("account", accountId)
                .query(String.class)
                .list()
                .forEach(this::delete);
    }

    /**
     * Deletes exports whose time is over, each in a transaction of its own unless the caller has one.
     *
     * @return how many; called again until it is 0, nothing is left
     */
    @Override
    public int purge(Instant now) {
        List<String> expired = jdbc.sql(
                        "select request_id from data_export where expires_at <= ? order by expires_at limit ?")
                .params(Timestamp.from(now), CHUNK)
                .query(String.class)
                .list();
        expired.forEach(requestId -> transaction.executeWithoutResult(status -> {
            // it may have been replaced by a new one since
            int deleted = jdbc.sql("delete from data_export where request_id = ? and expires_at <= ?")
                    .params(requestId, Timestamp.from(now))
                    .update();
            if (deleted > 0) {
                deleteParts(requestId);
            }
        }));
        return expired.size();
    }

    private void deleteParts(String requestId) {
        jdbc.sql("delete from data_export_part where request_id = ?")
                .param(requestId)
                .update();
    }
}
