package org.accountsecurity.contest;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.accountsecurity.concurrency.RacingTransaction;
import org.accountsecurity.notice.StaffMail;
import org.accountsecurity.obligation.RequestEnding;
import org.accountsecurity.request.HolderRequests;
import org.accountsecurity.request.StaffAnswered;
import org.accountsecurity.shop.Account;
import org.accountsecurity.shop.AccountStatus;
import org.accountsecurity.shop.Accounts;
import org.accountsecurity.text.Messages;
import org.accountsecurity.text.MinuteText;
import org.camunda.bpm.engine.RuntimeService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The effects of "that was not me": what a used link stops, and the restriction of the account until staff has looked
 * into the case.
 */
@Component
public class Contests {

    private static final Logger LOG = LoggerFactory.getLogger(Contests.class);

    private static final String CONTESTED = "CONTESTED";
    /** The restriction ends after this time even if staff has not answered. */
    private static final Duration RESTRICTED_FOR = Duration.ofDays(15);

    private final ContestLinks links;
    private final HolderRequests requests;
    private final RequestEnding ending;
    private final Accounts accounts;
    private final StaffMail staffMail;
    private final RuntimeService runtime;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Contests(
            ContestLinks links,
            HolderRequests requests,
            RequestEnding ending,
            Accounts accounts,
            StaffMail staffMail,
            RuntimeService runtime,
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.links = links;
        this.requests = requests;
        this.ending = ending;
        this.accounts = accounts;
        this.staffMail = staffMail;
        this.runtime = runtime;
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /**
     * The effect that using a link would have now.
     *
     * @param effect on the account
     */
    record Prospect(Occasion occasion, Effect effect) {}

    /** Empty for a link that does nothing (any more). */
    Optional<Prospect> prospect(String token) {
        return links.find(token)
                .map(link -> new Prospect(
                        link.occasion(),
                        effect(
                                link.occasion(),
                                accounts.find(requests.accountOf(link.requestId()))
                                        .orElseThrow())));
    }

    /**
     * Uses a link. While the account is open, that stops all its requests before their commit point, ends
     * all sessions and restricts the account. A case for staff is opened in any event. The effect is decided under the lock
     * of the account's row.
     *
     * @return empty for a link that does nothing (any more)
     */
    public Optional<Contest> contest(String token) {
        return RacingTransaction.execute(transaction, () -> links.find(token).flatMap(link -> contest(token, link)));
    }

    private Optional<Contest> contest(String token, ContestLinks.Link link) {
        String request = link.requestId();
        Account account = accounts.lock(requests.accountOf(request));
        if (!links.spend(token)) {
            return Optional.empty();
        }
        Effect effect = effect(link.occasion(), account);
        if (effect != Effect.NONE) {
            requests.openUncommitted(account.id()).forEach(open -> ending.end(open, CONTESTED));
            accounts.endSessions(account.id());
        }
        if (effect == Effect.STOPS) {
            links.spendAll(request);
        }
        Instant now = clock.instant();
        Contest contest = new Contest(
                UUID.randomUUID().toString(),
                request,
                link.occasion(),
                link.addressee(),
                effect,
                now,
                now.plus(RESTRICTED_FOR));
        jdbc.sql("insert into contest (id, request_id, occasion, addressee, stopped, restricts, opened_at,"
                        + " restricted_until) values (?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        contest.id(),
                        request,
                        contest.occasion().name(),
                        contest.addressee(),
                        effect == Effect.STOPS,
                        effect == Effect.NONE ? null : account.id(),
                        Timestamp.from(contest.openedAt()),
                        Timestamp.from(contest.restrictedUntil()))
                .update();
        runtime.startProcessInstanceByKey(ContestedRequestProcess.KEY, contest.id());
        return Optional.of(contest);
    }

    private static Effect effect(Occasion occasion, Account account) {
        return account.status() == AccountStatus.CLOSING || account.status() == AccountStatus.CLOSED
                ? Effect.NONE
                : occasion.effect();
    }

    /** Stores the answer of staff, whichever path the process takes, and lifts the restriction. */
    @EventListener
    void answered(StaffAnswered answered) {
        jdbc.sql("update contest set restricts = null, answer = ? where id = ? and answer is null")
                .params(answered.answer(), answered.about())
                .update();
    }

    /**
     * Reminds staff of an open case, in the log and by mail.
     *
     * @param occasion the same for every attempt
     */
    void remindStaff(String contestId, String occasion) {
        Contest contest = find(contestId);
        LOG.warn("The contest {} of the request {} is still open", contest.number(), contest.requestId());
        staffMail.send(
                "contest-open-email",
                () -> Map.of(
                        "contest", contest.number(),
                        "request", contest.requestId(),
                        "what", contest.occasion().what()),
                contestId + "-" + occasion);
    }

    /**
     * Closes the case; a second call changes nothing. The restriction is not affected.
     *
     * @param outcome the end event; null if somebody has deleted the process instance
     */
    void close(String contestId, String outcome) {
        jdbc.sql("update contest set closed_at = ?, outcome = ? where id = ? and closed_at is null")
                .params(Timestamp.from(clock.instant()), outcome == null ? HolderRequests.DELETED : outcome, contestId)
                .update();
    }

    Contest find(String contestId) {
        return jdbc.sql("select * from contest where id = ?")
                .param(contestId)
                .query(Contests::contest)
                .single();
    }

    /** The sentence for the holder of a restricted account; empty if the account is not restricted. */
    public Optional<String> restriction(String accountId) {
        return jdbc
                .sql("select * from contest where restricts = ? and restricted_until > ? order by opened_at desc")
                .params(accountId, Timestamp.from(clock.instant()))
                .query(Contests::contest)
                .list()
                .stream()
                .findFirst()
                .map(contest -> Messages.text(
                        "contest.restriction",
                        "what",
                        contest.occasion().what(),
                        "until",
                        MinuteText.of(contest.restrictedUntil(), clock.getZone()),
                        "number",
                        contest.number()));
    }

    /**
     * Lets a sensitive change of the account begin or be committed; the caller holds the lock of the account's row.
     *
     * @throws AccountRestrictedException while staff looks into a contest
     */
    public void requireUnrestricted(String accountId) throws AccountRestrictedException {
        if (restriction(accountId).isPresent()) {
            throw new AccountRestrictedException();
        }
    }

    private static Contest contest(ResultSet row, int number) throws SQLException {
        return new Contest(
                row.getString("id"),
                row.getString("request_id"),
                Occasion.valueOf(row.getString("occasion")),
                row.getString("addressee"),
                row.getBoolean("stopped")
                        ? Effect.STOPS
                        : row.getString("restricts") == null ? Effect.NONE : Effect.RESTRICTS,
                row.getTimestamp("opened_at").toInstant(),
                row.getTimestamp("restricted_until").toInstant());
    }
}
