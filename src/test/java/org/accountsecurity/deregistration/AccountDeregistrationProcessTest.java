package org.accountsecurity.deregistration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import java.time.Duration;
import java.util.Date;
import org.accountsecurity.ApplicationTest;
import org.accountsecurity.CoversProcess;
import org.accountsecurity.Journey;
import org.accountsecurity.TestClock;
import org.accountsecurity.shop.AccountStatus;
import org.accountsecurity.shop.Accounts;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@ApplicationTest
@CoversProcess("account-deregistration")
class AccountDeregistrationProcessTest {

    private static final String HOLDER = "acct-10001";
    private static final String PHONE = "13800138001";

    private static final String READ_NOTICE = "UserTask_ReadNotice";
    private static final String ENTER_CODE = "UserTask_EnterCode";
    private static final String CONFIRM = "UserTask_ConfirmDeregistration";
    private static final String CLOSE_ACCOUNT = "ServiceTask_CloseAccount";
    private static final String ERASE_DATA = "CallActivity_EraseData";
    private static final String ACKNOWLEDGE = "UserTask_AcknowledgeResult";
    private static final String RESOLVE_OPEN_ITEMS = "UserTask_ResolveOpenItems";

    private static final String COOL_OFF = "UserTask_CoolOff";
    private static final String COOLING_OFF_OVER = "BoundaryEvent_CoolingOffOver";
    private static final String NOTICE_LAPSED = "BoundaryEvent_NoticeLapsed";
    private static final String CONFIRMATION_LAPSED = "BoundaryEvent_ConfirmationLapsed";
    private static final String RESULT_SEEN = "BoundaryEvent_ResultSeen";

    @Autowired
    Journey journey;

    @Autowired
    TestClock clock;

    @Autowired
    Accounts accounts;

    @Autowired
    JdbcClient jdbc;

    @Test
    @DisplayName("a holder who reads, verifies and confirms is gone once everything is erased")
    void aHolderWhoConfirmsIsGone() {
        ProcessInstance request = confirmed();
        assertThat(accounts.find(HOLDER).orElseThrow().status()).isEqualTo(AccountStatus.CLOSING);
        assertThat(accounts.findByLogin(PHONE)).isEmpty();
        assertThat(journey.waitsAt(request, ACKNOWLEDGE)).isFalse();

        journey.erase(request);
        journey.submit(request, ACKNOWLEDGE);

        assertThat(request)
                .isEnded()
                .hasPassedInOrder(READ_NOTICE, CONFIRM, CLOSE_ACCOUNT, ERASE_DATA, ACKNOWLEDGE)
                .hasPassed("EndEvent_AccountDeregistered");
        assertThat(accounts.find(HOLDER).orElseThrow().status()).isEqualTo(AccountStatus.CLOSED);
        assertThat(jdbc.sql("select outcome from holder_request")
                        .query(String.class)
                        .single())
                .isEqualTo("EndEvent_AccountDeregistered");
    }

    @Test
    @DisplayName("a second request ends at once and issues no code")
    void aSecondRequestEndsAtOnce() {
        ProcessInstance first = journey.start("account-deregistration", HOLDER);

        ProcessInstance second = journey.start("account-deregistration", HOLDER);

        assertThat(second)
                .isEnded()
                .hasPassed("EndEvent_AlreadyRequested")
                .hasNotPassed("CallActivity_Prepare", "CallActivity_VerifyHolder");
        assertThat(journey.waitsAt(first, READ_NOTICE)).isTrue();
        assertThat(count("code_send")).isZero();
    }

    @Test
    @DisplayName("a holder may ask again after a request has ended")
    void aHolderMayAskAgain() {
        journey.submit(journey.start("account-deregistration", HOLDER), READ_NOTICE, "choice", "WITHDRAW");

        ProcessInstance again = journey.start("account-deregistration", HOLDER);

        assertThat(journey.waitsAt(again, READ_NOTICE)).isTrue();
    }

    @Test
    @DisplayName("a holder who does not accept the notice keeps the account")
    void aHolderWhoDoesNotAcceptTheNoticeKeepsTheAccount() {
        ProcessInstance request = journey.start("account-deregistration", HOLDER);

        journey.submit(request, READ_NOTICE, "choice", "WITHDRAW");

        assertThat(request)
                .isEnded()
                .hasPassed("EndEvent_RequestWithdrawn")
                .hasNotPassed("CallActivity_VerifyHolder", CLOSE_ACCOUNT);
        assertUnharmed();
    }

    @Test
    @DisplayName("a notice without an answer lapses after 24 hours")
    void aNoticeWithoutAnAnswerLapses() {
        ProcessInstance request = journey.start("account-deregistration", HOLDER);
        assertDue(request, NOTICE_LAPSED, Duration.ofHours(24));

        journey.execute(journey.job(request, NOTICE_LAPSED));

        assertThat(request).isEnded().hasPassed("EndEvent_RequestLapsed").hasNotPassed(CLOSE_ACCOUNT);
        assertUnharmed();
    }

    @Test
    @DisplayName("the timer of the notice is gone once it is accepted")
    void theTimerOfTheNoticeIsGone() {
        ProcessInstance request = accepted();

        assertThat(journey.jobs(request, NOTICE_LAPSED)).isEmpty();
    }

    @Test
    @DisplayName("a holder may withdraw while open items are listed")
    void aHolderMayWithdrawAtTheOpenItems() {
        ProcessInstance request = journey.start("account-deregistration", "acct-10002");

        journey.submit(request, RESOLVE_OPEN_ITEMS, "choice", "WITHDRAW");

        assertThat(request).isEnded().hasPassed("EndEvent_RequestWithdrawn").hasNotPassed(READ_NOTICE);
    }

    @Test
    @DisplayName("open items that stay open let the request lapse")
    void openItemsThatStayOpenLetTheRequestLapse() {
        ProcessInstance request = journey.start("account-deregistration", "acct-10002");

        journey.execute(journey.job(request, "BoundaryEvent_OpenItemsLapsed"));

        assertThat(request).isEnded().hasPassed("EndEvent_RequestLapsed").hasNotPassed(READ_NOTICE);
    }

    @Test
    @DisplayName("a holder who gives up the verification has withdrawn")
    void aHolderWhoGivesUpTheVerificationHasWithdrawn() {
        ProcessInstance request = accepted();

        journey.submit(request, ENTER_CODE, "choice", "GIVE_UP");

        assertThat(request).isEnded().hasPassed("EndEvent_RequestWithdrawn").hasNotPassed(CONFIRM);
        assertUnharmed();
    }

    @Test
    @DisplayName("five wrong codes end the request unverified")
    void fiveWrongCodesEndTheRequestUnverified() {
        ProcessInstance request = accepted();
        journey.execute(journey.job(request, "SendTask_DeliverCode"));
        String wrong = Journey.wrong(journey.code(PHONE));

        for (int i = 0; i < 5; i++) {
            journey.submit(request, ENTER_CODE, "choice", "SUBMIT", "code", wrong);
        }
        journey.submit(request, "UserTask_ReadNotVerified");

        assertThat(request).isEnded().hasPassed("EndEvent_HolderNotVerified").hasNotPassed(CONFIRM, CLOSE_ACCOUNT);
        assertUnharmed();
    }

    @Test
    @DisplayName("a code that is never renewed lets the request lapse")
    void aCodeThatIsNeverRenewedLetsTheRequestLapse() {
        ProcessInstance request = accepted();
        clock.forward(Duration.ofMinutes(5));
        journey.execute(journey.job(request, "BoundaryEvent_CodeExpired"));

        journey.execute(journey.job(request, "BoundaryEvent_RenewalLapsed"));

        assertThat(request).isEnded().hasPassed("EndEvent_RequestLapsed").hasNotPassed(CONFIRM);
    }

    @Test
    @DisplayName("a holder may withdraw at the last question")
    void aHolderMayWithdrawAtTheLastQuestion() {
        ProcessInstance request = verified();

        journey.submit(request, CONFIRM, "choice", "WITHDRAW");

        assertThat(request).isEnded().hasPassed("EndEvent_RequestWithdrawn").hasNotPassed(CLOSE_ACCOUNT);
        assertUnharmed();
    }

    @Test
    @DisplayName("a last question without an answer lapses after 24 hours")
    void aLastQuestionWithoutAnAnswerLapses() {
        ProcessInstance request = verified();
        assertDue(request, CONFIRMATION_LAPSED, Duration.ofHours(24));

        journey.execute(journey.job(request, CONFIRMATION_LAPSED));

        assertThat(request).isEnded().hasPassed("EndEvent_RequestLapsed").hasNotPassed(CLOSE_ACCOUNT);
        assertUnharmed();
    }

    @Test
    @DisplayName("the timer of the last question is gone once it is answered")
    void theTimerOfTheLastQuestionIsGone() {
        ProcessInstance request = confirmed();

        assertThat(journey.jobs(request, CONFIRMATION_LAPSED)).isEmpty();
    }

    @Test
    @DisplayName("an order placed after the check sends the holder back to the open items")
    void anOrderPlacedAfterTheCheckSendsTheHolderBack() {
        ProcessInstance request = verified();
        jdbc.sql("insert into shop_order (id, account_id, title, amount_fen, status, placed_at)"
                        + " values ('order-late', ?, '台灯', 3990, 'UNPAID', current_timestamp)")
                .param(HOLDER)
                .update();

        journey.submit(request, CONFIRM, "choice", "CONFIRM");

        assertThat(journey.waitsAt(request, RESOLVE_OPEN_ITEMS)).isTrue();
        assertThat((String) journey.shown(request, RESOLVE_OPEN_ITEMS, "message"))
                .contains("新增了 1 个未完成事项");
        assertThat(request).hasNotPassed(ERASE_DATA);
        assertUnharmed();
    }

    @Test
    @DisplayName("a phone changed after the verification sends the holder back to be verified again")
    void aPhoneChangedAfterTheVerificationSendsTheHolderBack() {
        ProcessInstance request = verified();
        jdbc.sql("update account set phone = '13900139001', version = version + 1 where id = ?")
                .param(HOLDER)
                .update();

        journey.submit(request, CONFIRM, "choice", "CONFIRM");

        assertThat(journey.waitsAt(request, READ_NOTICE)).isTrue();
        assertThat(request).hasNotPassed(ERASE_DATA);
        assertUnharmed();
    }

    @Test
    @DisplayName("an account that is locked meanwhile does not close")
    void anAccountThatIsLockedMeanwhileDoesNotClose() {
        ProcessInstance request = verified();
        jdbc.sql("update account set status = 'LOCKED' where id = ?")
                .param(HOLDER)
                .update();

        journey.submit(request, CONFIRM, "choice", "CONFIRM");

        assertThat((String) journey.shown(request, READ_NOTICE, "message")).contains("请联系客服");
        assertThat(accounts.find(HOLDER).orElseThrow().status()).isEqualTo(AccountStatus.LOCKED);
    }

    @Test
    @DisplayName("without a cooling-off period in the policy the account closes with the confirmation")
    void withoutACoolingOffPeriodTheAccountClosesAtOnce() {
        assertThat(confirmed()).hasPassed(CLOSE_ACCOUNT).hasNotPassed(COOL_OFF);
    }

    @Test
    @DisplayName("while the account cools off its holder logs in, changes no number, and withdraws with one click")
    void whileTheAccountCoolsOffItsHolderWithdraws() {
        ProcessInstance request = coolingOff("P3D");
        assertThat(accounts.findByLogin(PHONE)).isPresent();
        assertThat(journey.shown(request, COOL_OFF, "coolingOffEnds")).isEqualTo("11 月 26 日 10:00");
        assertThat(journey.start("phone-unbinding", HOLDER)).isEnded().hasPassed("EndEvent_AlreadyRequested");

        journey.submit(request, COOL_OFF);

        assertThat(request).isEnded().hasPassed("EndEvent_RequestWithdrawn").hasNotPassed(CLOSE_ACCOUNT);
        assertUnharmed();
        assertThat(journey.waitsAt(journey.start("phone-unbinding", HOLDER), "UserTask_ReadUnbindingNotice"))
                .isTrue();
    }

    @Test
    @DisplayName("when the cooling-off period is over the account closes, and its timer is gone once it was withdrawn")
    void whenTheCoolingOffPeriodIsOverTheAccountCloses() {
        ProcessInstance request = coolingOff("P3D");
        assertDue(request, COOLING_OFF_OVER, Duration.ofDays(3));
        clock.forward(Duration.ofDays(3));

        journey.execute(journey.job(request, COOLING_OFF_OVER));

        assertThat(request).hasPassed(CLOSE_ACCOUNT);
        assertThat(accounts.find(HOLDER).orElseThrow().status()).isEqualTo(AccountStatus.CLOSING);
        assertThat(journey.jobs(request, COOLING_OFF_OVER)).isEmpty();
    }

    @Test
    @DisplayName("no cooling-off period goes on to the day by which the request must be finished")
    void noCoolingOffPeriodGoesOnToTheLastDay() {
        ProcessInstance request = coolingOff("P60D");

        Date end = journey.job(request, COOLING_OFF_OVER).getDuedate();
        assertThat(jdbc.sql("select finish_by from holder_request")
                        .query((row, number) -> row.getDate(1).toLocalDate())
                        .single())
                .isEqualTo(java.time.LocalDate.ofInstant(end.toInstant(), clock.getZone())
                        .plusDays(1));
    }

    @Test
    @DisplayName("success is shown for ten minutes, then the login is gone for good")
    void successIsShownForTenMinutes() {
        ProcessInstance request = confirmed();
        journey.erase(request);
        assertDue(request, RESULT_SEEN, Duration.ofMinutes(10));

        journey.execute(journey.job(request, RESULT_SEEN));

        assertThat(request).isEnded().hasPassed("EndEvent_AccountDeregistered");
        assertThat(accounts.find(HOLDER).orElseThrow().status()).isEqualTo(AccountStatus.CLOSED);
    }

    @Test
    @DisplayName("the timer of the success is gone once it is acknowledged")
    void theTimerOfTheSuccessIsGone() {
        ProcessInstance request = confirmed();
        journey.erase(request);

        journey.submit(request, ACKNOWLEDGE);

        assertThat(journey.jobs(request, RESULT_SEEN)).isEmpty();
    }

    private ProcessInstance accepted() {
        ProcessInstance request = journey.start("account-deregistration", HOLDER);
        journey.submit(request, READ_NOTICE, "choice", "CONTINUE", "consent", true, "channel", "SMS");
        return request;
    }

    private ProcessInstance verified() {
        ProcessInstance request = accepted();
        journey.verify(request, PHONE);
        return request;
    }

    private ProcessInstance confirmed() {
        ProcessInstance request = verified();
        journey.submit(request, CONFIRM, "choice", "CONFIRM");
        return request;
    }

    /** With another policy for as long as the holder confirms. */
    private ProcessInstance coolingOff(String duration) {
        ProcessInstance request = verified();
        journey.under(
                "deregistration-policy",
                "\"PT0S\"",
                "\"" + duration + "\"",
                () -> journey.submit(request, CONFIRM, "choice", "CONFIRM"));
        return request;
    }

    private void assertDue(ProcessInstance request, String timer, Duration after) {
        assertThat(journey.job(request, timer).getDuedate())
                .isEqualTo(Date.from(clock.instant().plus(after)));
    }

    private void assertUnharmed() {
        assertThat(accounts.find(HOLDER).orElseThrow().status()).isEqualTo(AccountStatus.ACTIVE);
        assertThat(jdbc.sql("select count(*) from favourite where account_id = ?")
                        .param(HOLDER)
                        .query(Long.class)
                        .single())
                .isEqualTo(2);
    }

    private long count(String table) {
        return jdbc.sql("select count(*) from " + table).query(Long.class).single();
    }
}
