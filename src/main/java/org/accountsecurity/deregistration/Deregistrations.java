package org.accountsecurity.deregistration;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.accountsecurity.deregistration.export.DataExports;
import org.accountsecurity.deregistration.receipt.Receipts;
import org.accountsecurity.obligation.RequestProcess;
import org.accountsecurity.policy.DeregistrationPolicy;
import org.accountsecurity.request.HolderRequests;
import org.accountsecurity.text.Messages;
import org.accountsecurity.verification.Verifications;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The deregistration requests of holders, from their start to their end. */
@Component
class Deregistrations implements RequestProcess {

    private final HolderRequests requests;
    private final DeregistrationNotice notice;
    private final DeregistrationPolicy policy;
    private final OpenItems openItems;
    private final DataExports exports;
    private final Verifications verifications;
    private final Receipts receipts;
    private final DeregistrationDeadline deadline;
    private final DeregistrationObligations obligations;
    private final JdbcClient jdbc;
    private final Clock clock;

    Deregistrations(
            HolderRequests requests,
            DeregistrationNotice notice,
            DeregistrationPolicy policy,
            OpenItems openItems,
            DataExports exports,
            Verifications verifications,
            Receipts receipts,
            DeregistrationDeadline deadline,
            DeregistrationObligations obligations,
            JdbcClient jdbc,
            Clock clock) {
        this.requests = requests;
        this.notice = notice;
        this.policy = policy;
        this.openItems = openItems;
        this.exports = exports;
        this.verifications = verifications;
        this.receipts = receipts;
        this.deadline = deadline;
        this.obligations = obligations;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Sets the deadline of a new request, and records the obligations. */
    void opened(String requestId) {
        requests.finishBy(requestId, deadline.deadline());
        owe(requestId);
    }

    @Override
    public String key() {
        return DeregistrationProcess.KEY;
    }

    @Override
    public void owe(String requestId) {
        if (requests.committed(requestId)) {
            obligations.oweCommitted(requestId);
        } else {
            obligations.oweOpened(requestId, requests.deadlineOf(requestId).day());
        }
    }

    /** Composes the notice as it reads now in each language, in the place of the one before. */
    @Transactional
    void composeNotice(String requestId) {
        jdbc.sql("delete from notice where request_id = ?").param(requestId).update();
        notice.texts(requestId, requests.accountOf(requestId))
                .forEach(
                        (language, text) -> jdbc.sql("insert into notice (request_id, language, text) values (?, ?, ?)")
                                .params(requestId, language.toLanguageTag(), text)
                                .update());
    }

    /** The text that the request's holder is shown in the language of the thread, null before there is one. */
    String noticeOf(String requestId) {
        return jdbc.sql("select text from notice where request_id = ? and language = ?")
                .params(requestId, Messages.language().toLanguageTag())
                .query(String.class)
                .optional()
                .orElse(null);
    }

    /**
     * Begins the cooling-off period, in which no sensitive change of the account may begin. The receipt is opened here: when
     * the period ends the holder may not be there to read its number.
     *
     * @return its end; empty if the policy has no such period, or it would end too late
     */
    @Transactional
    Optional<Instant> coolOff(String requestId) {
        Instant now = clock.instant();
        Instant end = coolingOffEnd(requestId, now);
        if (!end.isAfter(now) || endsTooLate(requestId, end)) {
            return Optional.empty();
        }
        requests.coolOff(requestId, end);
        receipts.open(requestId);
        return Optional.of(end);
    }

    /** The end of a cooling-off period that begins at that time; the same time where the policy has none. */
    Instant coolingOffEnd(String requestId, Instant begin) {
        return begin.plus(policy.of(requestId, DeregistrationPolicy.Row.COOLING_OFF));
    }

    /** Whether a cooling-off period that ends then leaves less than a day to finish the request by its last day. */
    boolean endsTooLate(String requestId, Instant end) {
        return end.isAfter(requests.deadlineOf(requestId)
                .day()
                .minusDays(1)
                .atStartOfDay(clock.getZone())
                .toInstant());
    }

    /** Lets the sweep end a request that can't be finished in time, without its diagram. */
    void lapse(String requestId) {
        obligations.oweEnd(requestId);
    }

    /**
     * Ends the request and deletes what only a running request needs: the receipt where the account stays open, the
     * verifications where it is closed. The sealed addresses stay until they are notified.
     */
    @Override
    @Transactional
    public void end(String requestId, String outcome) {
        requests.end(requestId, outcome);
        jdbc.sql("delete from notice where request_id = ?").param(requestId).update();
        openItems.delete(requestId);
        exports.delete(requestId);
        if (requests.committed(requestId)) {
            verifications.forget(requests.accountOf(requestId));
        } else {
            receipts.discard(requestId);
        }
    }
}
