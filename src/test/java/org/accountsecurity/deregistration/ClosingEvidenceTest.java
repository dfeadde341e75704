package org.accountsecurity.deregistration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.accountsecurity.ApplicationTest;
import org.accountsecurity.Journey;
import org.accountsecurity.TestClock;
import org.accountsecurity.request.HolderAnswer;
import org.accountsecurity.request.HolderAnswers;
import org.accountsecurity.request.HolderRequests;
import org.accountsecurity.request.MissingEvidence.Kind;
import org.accountsecurity.request.Statement;
import org.accountsecurity.shop.AccountStatus;
import org.accountsecurity.shop.Accounts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What the commit point asks for by itself: without any one of it an account stays open, whatever a diagram has done. */
@ApplicationTest
class ClosingEvidenceTest {

    private static final String HOLDER = "acct-10001";
    private static final String PHONE = "13800138001";
    private static final Duration POLICY = Duration.ofDays(1);

    @Autowired
    Journey journey;

    @Autowired
    AccountClosing closing;

    @Autowired
    ClosingEvidence evidence;

    @Autowired
    HolderAnswers answers;

    @Autowired
    HolderRequests requests;

    @Autowired
    Accounts accounts;

    @Autowired
    MeterRegistry registry;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TestClock clock;

    @Autowired
    PlatformTransactionManager transactions;

    /** Verified and confirmed, on the way to the commit point. */
    private String said() {
        journey.verified(HOLDER, PHONE);
        String request =
                jdbc.sql("select id from holder_request").query(String.class).single();
        new Word(answers, requests, jdbc).say(Statement.CONFIRMED, request);
        return request;
    }

    @Test
    @DisplayName("with all of it the account closes, by the confirmation that is noted")
    void withAllOfItTheAccountCloses() {
        String request = said();

        close(request);

        assertThat(status()).isEqualTo(AccountStatus.CLOSING);
        assertThat(jdbc.sql("select a.statement from holder_request r join holder_answer a on a.id = r.confirmation_id")
                        .query(String.class)
                        .single())
                .isEqualTo("CONFIRMED");
    }

    static Stream<Arguments> missing() {
        return Stream.of(
                without(Kind.CONFIRMATION, "最终确认", "delete from holder_answer where statement = 'CONFIRMED'"),
                without(Kind.CONFIRMATION, "最终确认", "delete from holder_answer"),
                without(
                        Kind.CONFIRMATION,
                        "最终确认",
                        "update holder_answer set account_id = 'acct-10002' where statement = 'CONFIRMED'"),
                without(
                        Kind.CONFIRMATION,
                        "最终确认",
                        "insert into holder_answer (request_id, account_id, statement, task_id, said_at)"
                                + " select request_id, account_id, 'CONSENTED', 'later', said_at from holder_answer"
                                + " where statement = 'CONFIRMED'"),
                without(
                        Kind.WITHDRAWN,
                        "撤回",
                        "insert into holder_answer (request_id, account_id, statement, task_id, said_at)"
                                + " select request_id, account_id, 'WITHDRAWN', 'later', said_at from holder_answer"
                                + " where statement = 'CONFIRMED'"),
                without(Kind.CONSENT, "没有您对注销须知的同意", "delete from holder_answer where statement = 'CONSENTED'"),
                without(
                        Kind.CONSENT,
                        "没有您对注销须知的同意",
                        "update holder_answer set account_id = 'acct-10002' where statement = 'CONSENTED'"),
                without(
                        Kind.NOTICE,
                        "须知有更新",
                        "update holder_answer set notice_hash = 'another' where statement = 'CONSENTED'"),
                without(
                        Kind.NOTICE,
                        "须知有更新",
                        "update holder_answer set notice_hash = 'another' where statement = 'CONFIRMED'"),
                without(Kind.NOTICE, "须知有更新", "delete from favourite where account_id = 'acct-10001'"),
                without(Kind.CODE, "重新验证身份", "update verification set accepted_at = null"),
                without(Kind.CODE, "重新验证身份", "update verification set accepted_at = accepted_at + interval '1' second"),
                without(
                        Kind.OPEN_ITEMS,
                        "1 个未完成事项",
                        "insert into shop_order (id, account_id, title, amount_fen, status, placed_at)"
                                + " select 'late', account_id, '书', 3990, 'UNPAID', said_at from holder_answer"
                                + " where statement = 'CONFIRMED'"),
                without(
                        Kind.COOLING_OFF,
                        "冷静期还没有结束",
                        "update holder_request set frozen_until = opened_at + interval '1' day"));
    }

    private static Arguments without(Kind kind, String sentence, String sql) {
        return Arguments.of(kind, sentence, sql);
    }

    @ParameterizedTest
    @MethodSource
    @DisplayName("without one of it the account stays open, its holder reads what to do, and the operator sees it")
    void missing(Kind kind, String sentence, String sql) {
        String request = said();
        double before = figure(kind);
        jdbc.sql(sql).update();

        assertThatThrownBy(() -> close(request))
                .rootCause()
                .isInstanceOf(NotReadyToCloseException.class)
                .hasMessageContaining(sentence);

        assertThat(status()).isEqualTo(AccountStatus.ACTIVE);
        assertThat(figure(kind)).isEqualTo(before + 1);
    }

    @Test
    @DisplayName("a confirmation is good for as long as the table says, and not a second longer")
    void aConfirmationIsGoodForATime() {
        String request = said();
        clock.forward(POLICY.plusSeconds(1));
        double before = figure(Kind.EXPIRED);

        assertThatThrownBy(() -> close(request)).rootCause().hasMessageContaining("超过有效期");

        assertThat(status()).isEqualTo(AccountStatus.ACTIVE);
        assertThat(figure(Kind.EXPIRED)).isEqualTo(before + 1);
        clock.reset();
        clock.forward(POLICY);
        close(request);
        assertThat(status()).isEqualTo(AccountStatus.CLOSING);
    }

    @Test
    @DisplayName(
            "the cooling-off of the table is served though no diagram began one, and a confirmation is good after it")
    void theCoolingOffOfTheTableIsServed() {
        journey.deployed("deregistration-policy", "\"PT0S\"", "\"P2D\"");
        String request = said();

        assertThatThrownBy(() -> close(request)).rootCause().hasMessageContaining("冷静期还没有结束");
        assertThat(status()).isEqualTo(AccountStatus.ACTIVE);

        clock.forward(Duration.ofDays(2).plus(POLICY));
        close(request);
        assertThat(status()).isEqualTo(AccountStatus.CLOSING);
    }

    @Test
    @DisplayName("what data sets over the network said before the confirmation is worth nothing")
    void whatWasSaidBeforeTheConfirmationIsWorthNothing() {
        String request = said();
        Instant earlier = clock.instant().minusSeconds(1);
        HeldDataSets held = new HeldDataSets(earlier, Map.of(), Map.of(), new AtomicBoolean());

        assertThatThrownBy(() -> required(request, held)).rootCause().hasMessageContaining("没有向商家的系统核对");
    }

    @Test
    @DisplayName("no confirmation closes two requests, and no request passes its commit point twice")
    void noConfirmationIsUsedTwice() {
        String request = said();
        close(request);
        long used = answers.newest(request).orElseThrow().id();
        String other = requests.refuse("account-deregistration", "acct-10002", "other", null);

        assertThatThrownBy(() -> requests.commit(other, used)).isInstanceOf(DataIntegrityViolationException.class);
        assertThatThrownBy(() -> requests.commit(request, used)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @DisplayName("what is no statement is not kept as one")
    void whatIsNoStatementIsNotKept() {
        assertThatThrownBy(
                        () -> jdbc.sql("insert into holder_answer (request_id, account_id, statement, task_id, said_at)"
                                        + " values ('x', 'x', 'AGREED', 'x', ?)")
                                .param(Timestamp.from(clock.instant()))
                                .update())
                .isInstanceOf(DataIntegrityViolationException.class);
    }

    private void close(String request) {
        inTransaction(() -> {
            closing.close(request);
            return null;
        });
    }

    private HolderAnswer required(String request, HeldDataSets held) {
        return inTransaction(() -> evidence.require(request, accounts.lock(HOLDER), held));
    }

    /** As at the boundary of the task: a refusal is committed. */
    private <T> T inTransaction(Callable<T> step) {
        AtomicReference<Exception> refusal = new AtomicReference<>();
        T result = new TransactionTemplate(transactions).execute(status -> {
            try {
                return step.call();
            } catch (Exception e) {
                refusal.set(e);
                return null;
            }
        });
        if (refusal.get() != null) {
            throw new IllegalStateException(refusal.get());
        }
        return result;
    }

    private double figure(Kind kind) {
        return registry.get("account.security.evidence.missing")
                .tag("missing", kind.name().toLowerCase(Locale.ROOT))
                .counter()
                .count();
    }

    private AccountStatus status() {
        return accounts.find(HOLDER).orElseThrow().status();
    }
}
