package org.accountsecurity.contest;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.accountsecurity.request.HolderRequests;
import org.accountsecurity.shop.Account;
import org.accountsecurity.shop.AccountStatus;
import org.accountsecurity.shop.Accounts;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.RuntimeService;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What "that was not me" brings about, and what holds for the account while staff looks into it. */
@Component
public class Contests {

    private static final String CONTESTED = "CONTESTED";
    private static final int ATTEMPTS = 5;
    private static final Map<String, String> ADDRESSEES =
            Map.of("SMS", "绑定手机号", "EMAIL", "绑定邮箱", "OLD", "原手机号", "NEW", "新手机号");

    private final ContestLinks links;
    private final HolderRequests requests;
    private final Accounts accounts;
    private final RuntimeService runtime;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Contests(
            ContestLinks links,
            HolderRequests requests,
            Accounts accounts,
            RuntimeService runtime,
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.links = links;
        this.requests = requests;
        this.accounts = accounts;
        this.runtime = runtime;
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /**
     * What using a link would do now.
     *
     * @param stops whether it would come before the point of no return
     */
    record Prospect(Occasion occasion, boolean stops) {}

    /** Empty for a link that does nothing (any more). */
    Optional<Prospect> prospect(String token) {
        return links.find(token)
                .map(link -> new Prospect(
                        link.occasion(),
                        stoppable(
                                link.occasion(),
                                accounts.find(requests.accountOf(link.requestId()))
                                        .orElseThrow())));
    }

    /**
     * Uses a link. Before the point of no return it stops the request, ends all sessions and restricts the account, and with
     * it all links of the request end. A case for staff it opens in any event, or is added to the one that is open. Which
     * it is, is decided under the lock of the account's row.
     *
     * @return empty for a link that does nothing (any more)
     */
    Optional<Contest> contest(String token) {
        for (int attempt = 1; ; attempt++) {
            try {
                return transaction.execute(status -> links.find(token).flatMap(link -> contest(token, link)));
            } catch (OptimisticLockingException | ConcurrencyFailureException e) {
                // the request has just moved on; nothing of the attempt is left
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private Optional<Contest> contest(String token, ContestLinks.Link link) {
        Account account = accounts.lock(requests.accountOf(link.requestId()));
        Optional<Contest> open = open(link.requestId());
        Contest contest = open.orElseGet(() -> new Contest(
                UUID.randomUUID().toString(),
                link.requestId(),
                link.occasion(),
                stoppable(link.occasion(), account),
                clock.instant()));
        if (!links.spend(token, contest.id())) {
            return Optional.empty();
        }
        if (open.isEmpty()) {
            open(contest, account.id());
        }
        return Optional.of(contest);
    }

    private void open(Contest contest, String accountId) {
        if (contest.stopped()) {
            requests.openRequest(requests.processOf(contest.requestId()), accountId)
                    .ifPresent(this::stop);
            accounts.endSessions(accountId);
            links.spendAll(contest.requestId());
        }
        jdbc.sql("insert into contest (id, request_id, occasion, stopped, restricts, opened_at)"
                        + " values (?, ?, ?, ?, ?, ?)")
                .params(
                        contest.id(),
                        contest.requestId(),
                        contest.occasion().name(),
                        contest.stopped(),
                        contest.stopped() ? accountId : null,
                        Timestamp.from(contest.openedAt()))
                .update();
        runtime.startProcessInstanceByKey(ContestedRequestProcess.KEY, contest.id());
    }

    /** The case that others have opened about a request; the caller holds the lock of the account's row. */
    private Optional<Contest> open(String requestId) {
        return jdbc.sql("select * from contest where request_id = ? and closed_at is null")
                .param(requestId)
                .query(Contests::contest)
                .optional();
    }

    /** From which of the account's addresses it came, for staff; there is no address in it. */
    String contestedBy(String contestId) {
        return links.addressees(contestId).stream()
                .map(name -> ADDRESSEES.getOrDefault(name, name))
                .distinct()
                .collect(Collectors.joining("、"));
    }

    /** Not necessarily the request of the notice: whoever asks again after a withdrawal is stopped, too. */
    private void stop(String requestId) {
        requests.end(requestId, CONTESTED);
        runtime.deleteProcessInstance(requests.instanceOf(requestId), "contested");
    }

    private static boolean stoppable(Occasion occasion, Account account) {
        return !occasion.committed()
                && account.status() != AccountStatus.CLOSING
                && account.status() != AccountStatus.CLOSED;
    }

    /** Closes the case and lets the account go; a second call changes nothing. */
    void close(String contestId, String outcome) {
        jdbc.sql("update contest set restricts = null, closed_at = ?, outcome = ? where id = ? and closed_at is null")
                .params(Timestamp.from(clock.instant()), outcome, contestId)
                .update();
    }

    Contest find(String contestId) {
        return jdbc.sql("select * from contest where id = ?")
                .param(contestId)
                .query(Contests::contest)
                .single();
    }

    /** What the holder of a restricted account must know; empty if the account is not restricted. */
    public Optional<String> restriction(String accountId) {
        return jdbc
                .sql("select * from contest where restricts = ? order by opened_at desc")
                .param(accountId)
                .query(Contests::contest)
                .list()
                .stream()
                .findFirst()
                .map(contest -> "有人通过通知里的链接报告“不是我操作”，因此" + contest.occasion().what()
                        + "的申请已终止，所有登录已退出。核实期间不能注销账户或更换手机号，其他功能照常使用。请尽快修改登录密码，并联系客服核实身份，异议编号 "
                        + contest.number() + "。");
    }

    /**
     * Lets a sensitive change of the account begin or be committed; the caller holds the lock of the account's row.
     *
     * @throws AccountRestrictedException if a contest is being looked into
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
                row.getBoolean("stopped"),
                row.getTimestamp("opened_at").toInstant());
    }
}
