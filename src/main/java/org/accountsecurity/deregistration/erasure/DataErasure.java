package org.accountsecurity.deregistration.erasure;

import java.sql.Date;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.accountsecurity.obligation.Kind;
import org.accountsecurity.obligation.Obligations;
import org.accountsecurity.request.HolderRequests;
import org.accountsecurity.shop.DataSet;
import org.accountsecurity.shop.DataSetCatalogue;
import org.accountsecurity.shop.DataSetFailedException;
import org.accountsecurity.shop.Erasure;
import org.accountsecurity.shop.Treatment;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Erases one data set of a request and asks again whether it is gone. */
@Component
class DataErasure {

    /** Parts of records written after the erasure that are erased in one transaction with the verification. */
    private static final int LATE_PARTS = 20;
    /** The pause between two parts grows to this fraction of the time since the commit point. */
    private static final int PART_OF_TIME = 8;

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final HolderRequests requests;
    private final DataSetCatalogue dataSets;
    private final ErasurePlan plan;
    private final Obligations obligations;
    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    DataErasure(
            HolderRequests requests,
            DataSetCatalogue dataSets,
            ErasurePlan plan,
            Obligations obligations,
            JdbcClient jdbc,
            ApplicationEventPublisher events,
            Clock clock) {
        this.requests = requests;
        this.dataSets = dataSets;
        this.plan = plan;
        this.obligations = obligations;
        this.jdbc = jdbc;
        this.events = events;
        this.clock = clock;
    }

    /**
     * How far an erasure is.
     *
     * @param notBefore when it goes on at the earliest; null where it may go on at once
     */
    record Progress(boolean complete, Instant notBefore) {}

    /**
     * Erases as much as fits into one transaction, and records the outcome; a repetition finds nothing and keeps the recorded
     * outcome. A data set that asks for a pause has not failed.
     */
    @Transactional
    Progress erase(String requestId, String dataSet) {
        lock(requestId, dataSet);
        Erasure erasure;
        try {
            erasure = eraseAt(dataSet, requestId);
        } catch (DataSetFailedException e) {
            if (e.pause().isEmpty()) {
                publish(dataSet, ErasureEvent.Outcome.FAILED);
                throw e;
            }
            return new Progress(false, next(requestId, e.pause().get()));
        }
        Erasure.Outcome outcome = erasure.outcome();
        LocalDate retainedUntil = erasure.retainedUntil();
        Optional<Erasure> before = outcome(requestId, dataSet);
        if (before.isPresent()) {
            outcome = Collections.max(List.of(outcome, before.get().outcome()));
            retainedUntil = Stream.of(retainedUntil, before.get().retainedUntil())
                    .filter(Objects::nonNull)
                    .max(LocalDate::compareTo)
                    .orElse(null);
        }
        jdbc.sql("update erasure set outcome = ?, retained_until = ? where request_id = ? and data_set = ?")
                .params(outcome.name(), retainedUntil == null ? null : Date.valueOf(retainedUntil), requestId, dataSet)
                .update();
        return erasure.complete() || erasure.pause().isZero()
                ? new Progress(erasure.complete(), null)
                : new Progress(false, next(requestId, erasure.pause()));
    }

    /** The longer the erasure has taken so far, the longer the pause. */
    private Instant next(String requestId, Duration pause) {
        Instant now = clock.instant();
        Instant begun = jdbc.sql("select coalesce(committed_at, opened_at) from holder_request where id = ?")
                .param(requestId)
                .query((row, number) -> row.getTimestamp(1).toInstant())
                .single();
        Duration grown = Collections.min(List.of(Duration.between(begun, now).dividedBy(PART_OF_TIME), LONGEST_PAUSE));
        return now.plus(Collections.max(List.of(pause, grown)));
    }

    /**
     * Asks the data set whether anything is left. Records that were written late are erased first: otherwise no retry could
     * succeed.
     *
     * @throws IllegalStateException if it holds something of the account even then: the job fails and tries again
     */
    @Transactional
    void verify(String requestId, String dataSet) {
        lock(requestId, dataSet);
        if (!absent(requestId, dataSet)) {
            Progress progress = erase(requestId, dataSet);
            for (int parts = 1; parts < LATE_PARTS && !progress.complete() && progress.notBefore() == null; parts++) {
                progress = erase(requestId, dataSet);
            }
            if (!absent(requestId, dataSet)) {
                publish(dataSet, ErasureEvent.Outcome.FAILED);
                throw new IllegalStateException("the data set " + dataSet + " still holds records of the account");
            }
        }
        int verified = jdbc.sql("update erasure set verified_at = ?, failed_since = null, failure = null"
                        + " where request_id = ? and data_set = ? and verified_at is null")
                .params(Timestamp.from(clock.instant()), requestId, dataSet)
                .update();
        if (verified > 0) {
            publish(dataSet, ErasureEvent.Outcome.VERIFIED);
        }
        obligations.done(requestId, Kind.ERASE, dataSet);
    }

    /** Process and sweep erase one after the other: otherwise the one that finds nothing overwrites the outcome. */
    private void lock(String requestId, String dataSet) {
        obligations.requireOwedBefore(requestId);
        jdbc.sql("select data_set from erasure where request_id = ? and data_set = ? for update")
                .params(requestId, dataSet)
                .query(String.class)
                .optional();
    }

    private boolean absent(String requestId, String dataSet) {
        String account = requests.accountOf(requestId);
        try {
            return dataSets.get(dataSet).verifyErased(account);
        } catch (RuntimeException e) {
            publish(dataSet, ErasureEvent.Outcome.FAILED);
            throw e;
        }
    }

    private void publish(String dataSet, ErasureEvent.Outcome outcome) {
        events.publishEvent(new ErasureEvent(dataSet, outcome));
    }

    private Optional<Erasure> outcome(String requestId, String dataSet) {
        return jdbc.sql("select outcome, retained_until from erasure where request_id = ? and data_set = ?"
                        + " and outcome is not null")
                .params(requestId, dataSet)
                .query((row, number) -> new Erasure(
                        Erasure.Outcome.valueOf(row.getString("outcome")),
                        row.getDate("retained_until") == null
                                ? null
                                : row.getDate("retained_until").toLocalDate(),
                        false))
                .optional();
    }

    private Erasure eraseAt(String dataSet, String requestId) {
        String account = requests.accountOf(requestId);
        Treatment treatment = plan.of(requestId, dataSet).treatment();
        DataSet erased = dataSets.get(dataSet);
        try {
            // its hold may have ended while the erasure failed
            erased.hold(account, requestId);
            return erased.erase(account, treatment, requestId);
        } catch (DataSetFailedException e) {
            throw e;
        } catch (RuntimeException e) {
            publish(dataSet, ErasureEvent.Outcome.FAILED);
            // the cause may quote a record, and the engine keeps what it is told of a failed job
            throw new IllegalStateException("the data set " + dataSet + " was not erased: "
                    + e.getClass().getSimpleName());
        }
    }
}
