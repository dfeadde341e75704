package org.accountsecurity.request;

import java.sql.Date;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.accountsecurity.text.Messages;
import org.springframework.dao.EmptyResultDataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.util.ConcurrentLruCache;

/**
 * The requests of holders. The account of each is written once, from the authenticated user, and its id is the business key
 * of its process instances; no client can choose or change either.
 */
@Component
public class HolderRequests {

    /** The outcome of a request whose process instance somebody has deleted. */
    public static final String DELETED = "DELETED";

    /** The outcomes of requests that ended without an end event: by the holder, by time, or with nothing left to do. */
    public static final String WITHDRAWN = "WITHDRAWN";

    public static final String LAPSED = "LAPSED";
    public static final String COMPLETED = "COMPLETED";

    private static final int REMEMBERED = 10_000;
    /** Tolerance between the engine's timer clock and the database clock. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(1);

    private final JdbcClient jdbc;
    private final Clock clock;
    /** Columns that never change. */
    private final ConcurrentLruCache<String, Opening> openings =
            new ConcurrentLruCache<>(REMEMBERED, this::readOpening);

    HolderRequests(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** @param processDefinitionId null of a request without a process */
    private record Opening(String accountId, String processKey, String processInstanceId, String processDefinitionId) {}

    private Opening readOpening(String requestId) {
        return jdbc.sql("select account_id, process_key, process_instance_id, process_definition_id"
                        + " from holder_request where id = ?")
                .param(requestId)
                .query((row, number) ->
                        new Opening(row.getString(1), row.getString(2), row.getString(3), row.getString(4)))
                .single();
    }

    /**
     * Opens a request, unless the account has one open for this process. The caller holds the lock of the account's
     * row; a unique index stands behind it.
     *
     * @return the id of the new request, empty if there is an open one
     */
    public Optional<String> open(
            String processKey, String accountId, String processInstanceId, String processDefinitionId) {
        boolean alreadyOpen = jdbc.sql("select count(*) from holder_request where process_key = ? and open_for = ?")
                        .params(processKey, accountId)
                        .query(Long.class)
                        .single()
                > 0;
        if (alreadyOpen) {
            return Optional.empty();
        }
        return Optional.of(insert(processKey, accountId, processInstanceId, processDefinitionId, accountId));
    }

    /**
     * Records a refused request, which is never open; its process goes on to the end event with the reason.
     *
     * @return the id of the request
     */
    public String refuse(String processKey, String accountId, String processInstanceId, String processDefinitionId) {
        return insert(processKey, accountId, processInstanceId, processDefinitionId, null);
    }

    /** Opens a request without a process, already committed, for an account that is CLOSING without a request. */
    public String openCommitted(String processKey, String accountId) {
        String id = openRequest(processKey, accountId)
                .orElseGet(() -> insert(processKey, accountId, UUID.randomUUID().toString(), null, accountId));
        jdbc.sql("update holder_request set committed_at = ? where id = ? and committed_at is null")
                .params(Timestamp.from(clock.instant()), id)
                .update();
        return id;
    }

    private String insert(
            String processKey, String accountId, String processInstanceId, String processDefinitionId, String openFor) {
        String id = UUID.randomUUID().toString();
        jdbc.sql("insert into holder_request (id, process_key, account_id, process_instance_id,"
                        + " process_definition_id, language, open_for, opened_at) values (?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        id,
                        processKey,
                        accountId,
                        processInstanceId,
                        processDefinitionId,
                        Messages.language().toLanguageTag(),
                        openFor,
                        Timestamp.from(clock.instant()))
                .update();
        return id;
    }

    /**
     * The account that the request is about.
     *
     * @throws org.springframework.dao.EmptyResultDataAccessException if there is no such request
     */
    public String accountOf(String requestId) {
        return openings.get(requestId).accountId();
    }

    /** The language in which the request was begun, which what is sent later speaks too; Chinese if there is no such request. */
    public Locale languageOf(String requestId) {
        return jdbc.sql("select language from holder_request where id = ?")
                .param(requestId)
                .query(String.class)
                .optional()
                .map(Locale::forLanguageTag)
                .orElse(Locale.SIMPLIFIED_CHINESE);
    }

    /** Whether there is such a request, and it is about this account. */
    public boolean isOf(String requestId, String accountId) {
        return jdbc.sql("select count(*) from holder_request where id = ? and account_id = ?")
                        .params(requestId, accountId)
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** Locks the request's row, so that one transaction at a time writes its details. */
    public void lock(String requestId) {
        jdbc.sql("select id from holder_request where id = ? for update")
                .param(requestId)
                .query(String.class)
                .single();
    }

    /** Sets the last day of a request. */
    public void finishBy(String requestId, Deadline deadline) {
        jdbc.sql("update holder_request set finish_by = ?, calendar_complete = ? where id = ?")
                .params(Date.valueOf(deadline.day()), deadline.calendarComplete(), requestId)
                .update();
    }

    /**
     * By when the request must be finished.
     *
     * @throws org.springframework.dao.EmptyResultDataAccessException if it has no such day
     */
    public Deadline deadlineOf(String requestId) {
        return jdbc.sql(
                        "select finish_by, calendar_complete from holder_request where id = ? and finish_by is not null")
                .param(requestId)
                .query((row, number) ->
                        new Deadline(row.getDate("finish_by").toLocalDate(), row.getBoolean("calendar_complete")))
                .single();
    }

    /** Begins a cooling-off period, in which no sensitive change of the account may begin; null ends it. */
    public void coolOff(String requestId, Instant until) {
        jdbc.sql("update holder_request set cooling_off_until = ? where id = ?")
                .params(until == null ? null : Timestamp.from(until), requestId)
                .update();
    }

    /** The end of the request's cooling-off period, empty if it has none. */
    public Optional<Instant> coolingOffEnd(String requestId) {
        return jdbc.sql("select cooling_off_until from holder_request where id = ? and cooling_off_until is not null")
                .param(requestId)
                .query((row, number) -> row.getTimestamp(1).toInstant())
                .optional();
    }

    /** Whether the cooling-off period of the request lasts longer than the tolerance between clocks. */
    public boolean stillCoolingOff(String requestId) {
        return jdbc.sql("select count(*) from holder_request where id = ? and cooling_off_until > ?")
                        .params(requestId, Timestamp.from(clock.instant().plus(CLOCK_TOLERANCE)))
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** Whether a time is still to come, by more than the tolerance between clocks. */
    public boolean isAhead(Instant time) {
        return time.isAfter(clock.instant().plus(CLOCK_TOLERANCE));
    }

    /** Whether an open request of the account is in its cooling-off period. */
    public boolean coolingOff(String accountId) {
        return jdbc.sql("select count(*) from holder_request where open_for = ? and cooling_off_until > ?")
                        .params(accountId, Timestamp.from(clock.instant()))
                        .query(Long.class)
                        .single()
                > 0;
    }

    /**
     * Records the time of the commit point, and the confirmation that it was passed by.
     *
     * @throws IllegalStateException if it has passed it already
     */
    public void commit(String requestId, long confirmationId) {
        int committed = jdbc.sql("update holder_request set committed_at = ?, confirmation_id = ?"
                        + " where id = ? and committed_at is null")
                .params(Timestamp.from(clock.instant()), confirmationId, requestId)
                .update();
        if (committed == 0) {
            throw new IllegalStateException("the request " + requestId + " is committed already");
        }
    }

    /** The account's open request for this process. */
    public Optional<String> openRequest(String processKey, String accountId) {
        return jdbc.sql("select id from holder_request where process_key = ? and open_for = ?")
                .params(processKey, accountId)
                .query(String.class)
                .optional();
    }

    /** The account's open requests that have not passed their point of no return. */
    public List<String> openUncommitted(String accountId) {
        return jdbc.sql("select id from holder_request where open_for = ? and committed_at is null order by opened_at")
                .param(accountId)
                .query(String.class)
                .list();
    }

    /** The account's open requests. */
    public List<String> openRequests(String accountId) {
        return jdbc.sql("select id from holder_request where open_for = ? order by opened_at")
                .param(accountId)
                .query(String.class)
                .list();
    }

    /**
     * The key of the process that the request is for.
     *
     * @throws org.springframework.dao.EmptyResultDataAccessException if there is no such request
     */
    public String processOf(String requestId) {
        return openings.get(requestId).processKey();
    }

    /** The process instance that the request was opened in. */
    public String instanceOf(String requestId) {
        return openings.get(requestId).processInstanceId();
    }

    /** The version of its diagram that the request runs; empty if it has no process, or there is no such request. */
    public Optional<String> processDefinitionOf(String requestId) {
        try {
            return Optional.ofNullable(openings.get(requestId).processDefinitionId());
        } catch (EmptyResultDataAccessException e) {
            return Optional.empty();
        }
    }

    /** Whether the request has not ended. */
    public boolean open(String requestId) {
        return jdbc.sql("select count(*) from holder_request where id = ? and ended_at is null")
                        .param(requestId)
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** Whether the request has passed the point of no return. */
    public boolean committed(String requestId) {
        return jdbc.sql("select count(*) from holder_request where id = ? and committed_at is not null")
                        .param(requestId)
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** The process of a request, the version of the diagram that it ran, and its end event, or what else ended it. */
    public record Ended(String processKey, String processDefinitionId, String outcome) {}

    /** The account's request that ended last, since then; empty if another for the same process was opened after it. */
    public Optional<Ended> lastEnded(String accountId, Instant since) {
        return jdbc.sql("select process_key, process_definition_id, outcome from (select * from holder_request"
                        + " where account_id = ? and ended_at >= ? order by ended_at desc, opened_at desc limit 1) latest"
                        + " where process_definition_id is not null and not exists"
                        + " (select 1 from holder_request again where again.open_for = latest.account_id"
                        + " and again.process_key = latest.process_key and again.opened_at >= latest.ended_at)")
                .params(accountId, Timestamp.from(since))
                .query(Ended.class)
                .optional();
    }

    /**
     * Ends a request, so that the account may open another; a second call changes nothing.
     *
     * @param outcome the end event, or what ended it; null if somebody has deleted its process instance
     */
    public void end(String requestId, String outcome) {
        jdbc.sql(
                        "update holder_request set open_for = null, ended_at = ?, outcome = ? where id = ? and ended_at is null")
                .params(Timestamp.from(clock.instant()), outcome == null ? DELETED : outcome, requestId)
                .update();
        jdbc.sql("delete from shown_form where request_id = ?").param(requestId).update();
    }
}
