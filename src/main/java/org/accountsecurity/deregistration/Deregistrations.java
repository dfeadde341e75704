package org.accountsecurity.deregistration;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.accountsecurity.contest.AccountRestrictedException;
import org.accountsecurity.contest.Contests;
import org.accountsecurity.deregistration.erasure.DeregistrationPolicy;
import org.accountsecurity.deregistration.erasure.Vault;
import org.accountsecurity.deregistration.export.DataExports;
import org.accountsecurity.deregistration.receipt.Receipts;
import org.accountsecurity.request.HolderRequests;
import org.accountsecurity.request.StatementForm;
import org.accountsecurity.shop.Account;
import org.accountsecurity.shop.AccountStatus;
import org.accountsecurity.shop.Accounts;
import org.accountsecurity.verification.Verifications;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A holder's request to leave: opened, consented to, cooled off, ended. */
@Component
class Deregistrations {

    private final HolderRequests requests;
    private final Accounts accounts;
    private final DeregistrationNotice notice;
    private final DeregistrationPolicy policy;
    private final OpenItems openItems;
    private final DataExports exports;
    private final Vault vault;
    private final Verifications verifications;
    private final Receipts receipts;
    private final DeregistrationDeadline deadline;
    private final Contests contests;
    private final JdbcClient jdbc;
    private final Clock clock;

    Deregistrations(
            HolderRequests requests,
            Accounts accounts,
            DeregistrationNotice notice,
            DeregistrationPolicy policy,
            OpenItems openItems,
            DataExports exports,
            Vault vault,
            Verifications verifications,
            Receipts receipts,
            DeregistrationDeadline deadline,
            Contests contests,
            JdbcClient jdbc,
            Clock clock) {
        this.requests = requests;
        this.accounts = accounts;
        this.notice = notice;
        this.policy = policy;
        this.openItems = openItems;
        this.exports = exports;
        this.vault = vault;
        this.verifications = verifications;
        this.receipts = receipts;
        this.deadline = deadline;
        this.contests = contests;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Opens the request of an account, under the lock of its row.
     *
     * @return the request's id
     */
    @Transactional
    String open(String accountId, String processInstanceId, String processDefinitionId)
            throws NotOpenedException, AccountRestrictedException {
        Account account = accounts.lock(accountId);
        contests.requireUnrestricted(accountId);
        if (account.status() != AccountStatus.ACTIVE) {
            throw new NotOpenedException("the account is " + account.status());
        }
        String request = requests.open(DeregistrationProcess.KEY, accountId, processInstanceId, processDefinitionId)
                .orElseThrow(() -> new NotOpenedException("the account has an open request"));
        requests.finishBy(request, deadline.deadline());
        return request;
    }

    /** Composes the notice as it reads now, in the place of the one before. */
    @Transactional
    void composeNotice(String requestId) {
        jdbc.sql("delete from notice where request_id = ?").param(requestId).update();
        jdbc.sql("insert into notice (request_id, text) values (?, ?)")
                .params(requestId, notice.text(requestId, requests.accountOf(requestId)))
                .update();
    }

    /** The text that the request's holder is shown, null before there is one. */
    String noticeOf(String requestId) {
        return jdbc.sql("select text from notice where request_id = ?")
                .param(requestId)
                .query(String.class)
                .optional()
                .orElse(null);
    }

    /** Keeps the hash of exactly the text that the holder consented to; a later consent takes its place. */
    @Transactional
    void recordConsent(String requestId) {
        jdbc.sql("delete from consent where request_id = ?").param(requestId).update();
        jdbc.sql("insert into consent (request_id, notice_hash, consented_at) values (?, ?, ?)")
                .params(requestId, StatementForm.hash(noticeOf(requestId)), Timestamp.from(clock.instant()))
                .update();
    }

    /**
     * Begins the cooling-off period: until it ends, no sensitive change of the account may begin. Whatever the policy
     * says, it is over the day before the request must be finished. The receipt is opened with it, since nobody may be
     * there to read its number when it ends.
     *
     * @return its end, empty if the policy has none
     */
    @Transactional
    Optional<Instant> coolOff(String requestId) {
        Instant now = clock.instant();
        Instant end = coolingOffEnd(requestId, now);
        if (!end.isAfter(now)) {
            return Optional.empty();
        }
        requests.freeze(requestId, end);
        receipts.open(requestId);
        return Optional.of(end);
    }

    /** When a cooling-off period is over that begins at that time; the same where the policy has none. */
    Instant coolingOffEnd(String requestId, Instant begin) {
        Instant last = requests.deadlineOf(requestId)
                .day()
                .minusDays(1)
                .atStartOfDay(clock.getZone())
                .toInstant();
        Instant end =
                Collections.min(List.of(begin.plus(policy.of(requestId, DeregistrationPolicy.Row.COOLING_OFF)), last));
        return end.isBefore(begin) ? begin : end;
    }

    /**
     * Ends the request and forgets what only a running one needs: of an account that is open its receipt, of one that is
     * gone what its verifications knew of it.
     */
    @Transactional
    void end(String requestId, String outcome) {
        requests.end(requestId, outcome);
        jdbc.sql("delete from notice where request_id = ?").param(requestId).update();
        openItems.forget(requestId);
        exports.delete(requestId);
        vault.destroy(requestId);
        if (requests.committed(requestId)) {
            verifications.forget(requests.accountOf(requestId));
        } else {
            receipts.discard(requestId);
        }
    }
}
