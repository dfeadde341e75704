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

/** What is owed, one row each. Written with what it follows from, noted as done with what fulfils it. */
@Component
public class Obligations {

    /** Longer than one attempt takes; after it the node that has taken an obligation is gone. */
    static final Duration LEASE = Duration.ofMinutes(10);

    static final List<Duration> PAUSES = List.of(
            Duration.ofMinutes(5),
            Duration.ofMinutes(15),
            Duration.ofHours(1),
            Duration.ofHours(3),
            Duration.ofHours(6));

    /** Of an obligation that is owed once for a request. */
    private static final String ALL = "";

    private static final int CANDIDATES = 10;
    private static final String THIS = " where request_id = ? and kind = ? and subject = ?";

    private final JdbcClient jdbc;
    private final Clock clock;

    Obligations(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Marks the transaction in which something comes to be owed. */
    private record Owing(String requestId) implements TransactionSynchronization {}

    /** One that this node has taken; the next attempt has another number. */
    record Taken(String requestId, Kind kind, String subject, int attempt) {}

    public void owe(String requestId, Kind kind, Duration within) {
        owe(requestId, kind, ALL, clock.instant().plus(within));
    }

    /** Notes that something is owed, due then; where it is noted already it is owed (again), due then. */
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
     * What can't be taken back waits until what it follows from is certain.
     *
     * @throws IllegalStateException in the transaction in which it came to be owed
     */
    public void requireOwedBefore(String requestId) {
        if (TransactionSynchronizationManager.isSynchronizationActive()
                && TransactionSynchronizationManager.getSynchronizations().contains(new Owing(requestId))) {
            throw new IllegalStateException("what is owed for the request " + requestId
                    + " is done once that is committed: give the task camunda:asyncBefore");
        }
    }

    /** Lets one transaction at a time fulfil it; of a request without the obligation as many as want. */
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

    /** Notes that it is done; a second call changes nothing. */
    public void done(String requestId, Kind kind, String subject) {
        jdbc.sql("update obligation set done_at = ?, next_attempt_at = null" + THIS + " and done_at is null")
                .params(now(), requestId, kind.name(), subject)
                .update();
    }

    /** Leaves it to the diagram for that long from now, if it is not left for longer. */
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

    /** Lets it be done with the next look. */
    void hasten(String requestId, Kind kind) {
        jdbc.sql("update obligation set next_attempt_at = ?" + THIS + " and done_at is null and next_attempt_at > ?"
                        + " and attempts = 0")
                .params(now(), requestId, kind.name(), ALL, now())
                .update();
    }

    /** Takes the one that has been due longest, on this node alone, of those that wait for no other. */
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
     * Puts one off that is not done, until then, or else the longer the more often it was tried.
     *
     * @return false if it is done, or another's by now
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
