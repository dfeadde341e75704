package org.accountsecurity.obligation;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The obligations, one row each: added in the transaction of their cause, marked as done in that of their fulfilment. */
@Component
public class Obligations {

    /** Longer than one attempt takes: afterwards another node may take the obligation. */
    static final Duration LEASE = Duration.ofMinutes(10);

    static final List<Duration> PAUSES = List.of(
            Duration.ofMinutes(5),
            Duration.ofMinutes(15),
            Duration.ofHours(1),
            Duration.ofHours(3),
            Duration.ofHours(6));

    /** The subject of an obligation that a request has once. */
    private static final String ALL = "";

    private static final int CANDIDATES = 10;
    private static final String THIS = " where request_id = ? and kind = ? and subject = ?";

    private final JdbcClient jdbc;
    private final Clock clock;

    Obligations(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Marks the transaction that adds an obligation. */
    private record Owing(String requestId) implements TransactionSynchronization {}

    /** An obligation that this node has taken; each attempt has its own number. */
    record Taken(String requestId, Kind kind, String subject, int attempt) {}

    public void owe(String requestId, Kind kind, Duration within) {
        owe(requestId, kind, ALL, clock.instant().plus(within));
    }

    /** Adds an obligation, or renews one that is there already. */
    @Transactional
    public void owe(String requestId, Kind kind, String subject, Instant dueAt) {
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            TransactionSynchronizationManager.registerSynchronization(new Owing(requestId));
        }
        Timestamp due = Timestamp.from(dueAt);
        int noted = jdbc.sql(
                        "update obligation set due_at = ?, next_attempt_at = ?, done_at = null, attempts = 0" + THIS)
                .params(due, due, requestId, kind.name(), subject)
                .update();
        if (noted == 0) {
            jdbc.sql("insert into obligation (request_id, kind, subject, stage, due_at, next_attempt_at, attempts)"
                            + " values (?, ?, ?, ?, ?, ?, 0)")
                    .params(requestId, kind.name(), subject, kind.stage(), due, due)
                    .update();
        }
    }

    /**
     * Makes sure that the cause of an obligation is committed before the obligation is fulfilled.
     *
     * @throws IllegalStateException in the transaction that has added it
     */
    public void requireOwedBefore(String requestId) {
        if (TransactionSynchronizationManager.isSynchronizationActive()
                && TransactionSynchronizationManager.getSynchronizations().contains(new Owing(requestId))) {
            throw new IllegalStateException("an obligation of the request " + requestId
                    + " can't be fulfilled in the transaction that adds it: give the task camunda:asyncBefore");
        }
    }

    /** Locks the obligation, so that one transaction at a time fulfils it; without the obligation nothing is locked. */
    public void lock(String requestId, Kind kind) {
        requireOwedBefore(requestId);
        jdbc.sql("select request_id from obligation" + THIS + " for update")
                .params(requestId, kind.name(), ALL)
                .query(String.class)
                .optional();
    }

    public void done(String requestId, Kind kind) {
        done(requestId, kind, ALL);
    }

    /** Marks it as done; a second call changes nothing. */
    public void done(String requestId, Kind kind, String subject) {
        jdbc.sql("update obligation set done_at = ?, next_attempt_at = null" + THIS + " and done_at is null")
                .params(now(), requestId, kind.name(), subject)
                .update();
    }

    /** Gives the diagram at least so much time from now. */
    public void leave(String requestId, Kind kind, Duration time) {
        Timestamp until = in(time);
        jdbc.sql("update obligation set due_at = ?, next_attempt_at = ?" + THIS
                        + " and done_at is null and next_attempt_at < ?")
                .params(until, until, requestId, kind.name(), ALL, until)
                .update();
    }

    boolean owed(String requestId, Kind kind) {
        return jdbc.sql("select count(*) from obligation" + THIS + " and done_at is null")
                        .params(requestId, kind.name(), ALL)
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** Makes it due at once, unless an attempt has failed. */
    void hasten(String requestId, Kind kind) {
        jdbc.sql("update obligation set next_attempt_at = ?" + THIS + " and done_at is null and next_attempt_at > ?"
                        + " and attempts = 0")
                .params(now(), requestId, kind.name(), ALL, now())
                .update();
    }

    /** Takes the obligation that has been due longest and waits for no other, for this node alone. */
    @Transactional
    public Optional<Taken> take() {
        return jdbc
                .sql("select request_id, kind, subject, attempts from obligation o where next_attempt_at <= ?"
                        + " and not exists (select 1 from obligation before where before.request_id = o.request_id"
                        + " and before.done_at is null and before.stage > 0 and before.stage < o.stage)"
                        + " order by next_attempt_at limit ?")
                .params(now(), CANDIDATES)
                .query((row, number) -> new Taken(
                        row.getString("request_id"),
                        Kind.valueOf(row.getString("kind")),
                        row.getString("subject"),
                        row.getInt("attempts") + 1))
                .list()
                .stream()
                .filter(this::claim)
                .findFirst();
    }

    private boolean claim(Taken taken) {
        return jdbc.sql("update obligation set next_attempt_at = ?, attempts = ?" + THIS
                                + " and attempts = ? and next_attempt_at <= ?")
                        .params(
                                in(LEASE),
                                taken.attempt(),
                                taken.requestId(),
                                taken.kind().name(),
                                taken.subject(),
                                taken.attempt() - 1,
                                now())
                        .update()
                == 1;
    }

    /**
     * Puts off an obligation that is not done: until the given time, or else longer after each attempt.
     *
     * @return false if it is done, or another node has taken it
     */
    boolean putOff(Taken taken, Optional<Instant> until) {
        Duration pause = PAUSES.get(Math.min(taken.attempt(), PAUSES.size()) - 1);
        return jdbc.sql("update obligation set next_attempt_at = ?, attempts = ?" + THIS
                                + " and done_at is null and attempts = ?")
                        .params(
                                until.map(Timestamp::from).orElseGet(() -> in(pause)),
                                until.isPresent() ? taken.attempt() - 1 : taken.attempt(),
                                taken.requestId(),
                                taken.kind().name(),
                                taken.subject(),
                                taken.attempt())
                        .update()
                == 1;
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }

    private Timestamp in(Duration time) {
        return Timestamp.from(clock.instant().plus(time));
    }
}
