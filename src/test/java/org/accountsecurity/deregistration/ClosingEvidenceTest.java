package org.accountsecurity.deregistration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.accountsecurity.request.HolderAnswer;
import org.accountsecurity.request.MissingEvidence.Kind;
import org.accountsecurity.request.Statement;
import org.accountsecurity.shop.AccountStatus;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.dao.DataIntegrityViolationException;

/** What the commit point asks for by itself: without any one of it an account stays open, whatever a diagram has done. */
class ClosingEvidenceTest extends ClosingTest {

    private static final Duration POLICY = Duration.ofDays(1);

    @Autowired
    AccountClosing closing;

    @Autowired
    ClosingEvidence evidence;

    @Autowired
    Deregistrations deregistrations;

    @Test
    @DisplayName("with all of it the account closes, by the confirmation that is noted")
    void withAllOfItTheAccountCloses() {
        String request = said();

        close(request);

        assertThat(status()).isEqualTo(AccountStatus.CLOSING);
        assertThat(committedWith()).isEqualTo("CONFIRMED");
    }

    @Test
    @DisplayName("a holder who agreed in English is understood by a thread that speaks Chinese")
    void aHolderWhoAgreedInEnglish() {
        String request = said();
        LocaleContextHolder.setLocale(Locale.ENGLISH);
        try {
            say(Statement.CONSENTED, request);
            say(Statement.CONFIRMED, request);
        } finally {
            LocaleContextHolder.resetLocaleContext();
        }
        assertThat(rows.text("select text from notice where request_id = ? and language = 'en'", request))
                .contains("erased for good")
                .doesNotContain("删除");

        close(request);

        assertThat(status()).isEqualTo(AccountStatus.CLOSING);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            CONFIRMATION | 最终确认 | delete from holder_answer where statement = 'CONFIRMED'
            CONFIRMATION | 最终确认 | delete from holder_answer
            CONFIRMATION | 最终确认 | update holder_answer set account_id = 'acct-10002' where statement = 'CONFIRMED'
            CONFIRMATION | 最终确认 | insert into holder_answer (request_id, account_id, statement, task_id, said_at) \
                select request_id, account_id, 'CONSENTED', 'later', said_at from holder_answer where statement = 'CONFIRMED'
            WITHDRAWN | 撤回 | insert into holder_answer (request_id, account_id, statement, task_id, said_at) \
                select request_id, account_id, 'WITHDRAWN', 'later', said_at from holder_answer where statement = 'CONFIRMED'
            CONSENT | 没有您对注销须知的同意 | delete from holder_answer where statement = 'CONSENTED'
            CONSENT | 没有您对注销须知的同意 | update holder_answer set account_id = 'acct-10002' where statement = 'CONSENTED'
            NOTICE | 须知有更新 | update holder_answer set notice_hash = 'another' where statement = 'CONSENTED'
            NOTICE | 须知有更新 | update holder_answer set notice_hash = 'another' where statement = 'CONFIRMED'
            NOTICE | 须知有更新 | delete from favourite where account_id = 'acct-10001'
            CODE | 重新验证身份 | update verification set accepted_at = null
            CODE | 重新验证身份 | update verification set accepted_at = accepted_at + interval '1' second
            OPEN_ITEMS | 1 个未完成事项 | insert into shop_order (id, account_id, title, amount_fen, status, placed_at) \
                select 'late', account_id, '书', 3990, 'UNPAID', said_at from holder_answer where statement = 'CONFIRMED'
            COOLING_OFF | 冷静期还没有结束 | update holder_request set cooling_off_until = opened_at + interval '1' day
            """)
    @DisplayName("without one of it the account stays open, its holder reads what to do, and the operator sees it")
    void missing(Kind kind, String sentence, String sql) {
        String request = said();
        double before = figure(kind);
        rows.update(sql);

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
        assertThatThrownBy(() -> rows.update(
                        "insert into holder_answer (request_id, account_id, statement, task_id, said_at)"
                                + " values ('x', 'x', 'AGREED', 'x', ?)",
                        Timestamp.from(clock.instant())))
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
}
