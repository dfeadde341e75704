package org.accountsecurity.deregistration;

import static org.accountsecurity.testing.PathAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.accountsecurity.obligation.ObligationSweep;
import org.accountsecurity.shop.AccountStatus;
import org.accountsecurity.shop.Accounts;
import org.accountsecurity.testing.CoversProcess;
import org.accountsecurity.testing.Journey;
import org.accountsecurity.testing.JourneyTest;
import org.accountsecurity.testing.Needles;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

@CoversProcess("account-deregistration")
class AccountDeregistrationProcessTest extends JourneyTest {

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
    private static final String DEADLINE = "BoundaryEvent_DeadlineReached";
    private static final String FIRST_WARNING = "StartEvent_FirstWarningDue";
    private static final String SECOND_WARNING = "IntermediateCatchEvent_SecondWarningDue";
    private static final String COOLING_OFF_OVER = "BoundaryEvent_CoolingOffOver";
    private static final String NOTICE_LAPSED = "BoundaryEvent_NoticeLapsed";
    private static final String CONFIRMATION_LAPSED = "BoundaryEvent_ConfirmationLapsed";
    private static final String RESULT_SEEN = "BoundaryEvent_ResultSeen";

    @Autowired
    Accounts accounts;

    @Autowired
    ObligationSweep sweep;

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
        assertThat(rows.text("select outcome from holder_request")).isEqualTo("EndEvent_AccountDeregistered");
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
        assertThat(rows.count("code_send")).isZero();
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
    @DisplayName("a notice without an answer lapses after three days")
    void aNoticeWithoutAnAnswerLapses() {
        ProcessInstance request = journey.start("account-deregistration", HOLDER);
        assertDue(request, NOTICE_LAPSED, Duration.ofDays(3));

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
        journey.deliverCodes();
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
        rows.update(
                "insert into shop_order (id, account_id, title, amount_fen, status, placed_at)"
                        + " values ('order-late', ?, '台灯', 3990, 'UNPAID', current_timestamp)",
                HOLDER);

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
        rows.update("update account set phone = '13900139001', version = version + 1 where id = ?", HOLDER);

        journey.submit(request, CONFIRM, "choice", "CONFIRM");

        assertThat(journey.waitsAt(request, READ_NOTICE)).isTrue();
        assertThat(request).hasNotPassed(ERASE_DATA);
        assertUnharmed();
    }

    @Test
    @DisplayName("an account that is locked meanwhile does not close")
    void anAccountThatIsLockedMeanwhileDoesNotClose() {
        ProcessInstance request = verified();
        rows.update("update account set status = 'LOCKED' where id = ?", HOLDER);

        journey.submit(request, CONFIRM, "choice", "CONFIRM");

        assertThat((String) journey.shown(request, READ_NOTICE, "message")).contains("请联系客服");
        assertThat(accounts.find(HOLDER).orElseThrow().status()).isEqualTo(AccountStatus.LOCKED);
    }

    @Test
    @DisplayName("without a cooling-off period in the policy the account closes with the confirmation")
    void withoutACoolingOffPeriodTheAccountClosesAtOnce() {
        ProcessInstance request = verified();
        assertThat(afterConfirmation(request)).isEqualTo("确认后将**立即关闭账户**并清除数据，**不可恢复**。");

        journey.submit(request, CONFIRM, "choice", "CONFIRM");

        assertThat(request).hasPassed(CLOSE_ACCOUNT).hasNotPassed(COOL_OFF);
    }

    @ParameterizedTest
    @CsvSource({"P3D, 3 天", "PT36H, 36 小时", "PT90S, 2 分钟"})
    @DisplayName(
            "with a cooling-off period in the policy the confirmation says so, and does not say that the account closes at once")
    void theConfirmationSaysThatThereIsACoolingOffPeriod(String policy, String words) {
        journey.deployed("deregistration-policy", "\"PT0S\"", "\"" + policy + "\"");

        assertThat(afterConfirmation(verified()))
                .contains("**" + words + "** 的冷静期，期间可以撤回")
                .doesNotContain("立即");
    }

    private String afterConfirmation(ProcessInstance request) {
        return (String) journey.shown(request, CONFIRM, "afterConfirmation");
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
    @DisplayName("a cooling-off period that just fits before the last day is served in full")
    void aCoolingOffPeriodThatJustFits() {
        ProcessInstance request = verifiedAfter(Duration.ofDays(5).plusHours(14));

        journey.submit(request, CONFIRM, "choice", "CONFIRM");

        assertDue(request, COOLING_OFF_OVER, Duration.ofDays(14));
    }

    @Test
    @DisplayName("a request that is confirmed too late for its cooling-off period lapses, and may be made again")
    void aRequestThatIsConfirmedTooLateLapses() {
        ProcessInstance request = verifiedAfter(Duration.ofDays(5).plusHours(14).plusSeconds(1));
        assertThat(afterConfirmation(request)).contains("账户不会关闭", "请撤回后重新申请");

        journey.submit(request, CONFIRM, "choice", "CONFIRM");

        assertThat(request).hasNotPassed(COOL_OFF, ERASE_DATA);
        assertUnharmed();
        assertThat((String) journey.shown(request, READ_NOTICE, "message")).contains("冷静期", "重新申请");
        while (sweep.doNext()) {
            // what is overdue
        }
        assertThat(request).isEnded();
        assertThat(jdbc.sql("select outcome from holder_request")
                        .query(String.class)
                        .single())
                .isEqualTo("LAPSED");
        assertThat(journey.start("account-deregistration", HOLDER)).isWaitingAt(READ_NOTICE);
    }

    private ProcessInstance verifiedAfter(Duration time) {
        journey.deployed("deregistration-policy", "\"PT0S\"", "\"P14D\"");
        ProcessInstance request = journey.start("account-deregistration", HOLDER);
        clock.forward(time);
        journey.submit(request, READ_NOTICE, "choice", "CONTINUE", "consent", true, "channel", "SMS");
        journey.verify(request, PHONE);
        return request;
    }

    @Test
    @DisplayName("whoever cools off is given the receipt's number and secret, which a withdrawal forgets")
    void whoeverCoolsOffIsGivenTheReceipt() {
        ProcessInstance request = coolingOff("P3D");
        assertThat((String) journey.shown(request, COOL_OFF, "receiptNumber")).startsWith("ZX-");
        assertThat((String) journey.shown(request, COOL_OFF, "receiptSecret")).hasSize(19);

        journey.submit(request, COOL_OFF);

        assertThat(rows.number("select count(*) from receipt")).isZero();
    }

    @Test
    @DisplayName(
            "a holder whose account could not close after the cooling-off is told everywhere, and has days to go on")
    void aHolderWhoseAccountCouldNotCloseIsTold() {
        ProcessInstance request = coolingOff("P3D");
        addFavourite();
        clock.forward(Duration.ofDays(3));
        journey.execute(journey.job(request, COOLING_OFF_OVER));
        assertThat(journey.anyTask(request)).isEmpty();

        journey.execute(journey.job(request, "SendTask_TellNotReady"));
        journey.runWaiting(request);

        assertToldNotClosed("注销条件有变");
        assertThat((String) journey.shown(request, READ_NOTICE, "message")).contains("请重新阅读");
        assertDue(request, NOTICE_LAPSED, Duration.ofDays(3));
        assertThat(accounts.find(HOLDER).orElseThrow().status()).isEqualTo(AccountStatus.ACTIVE);
    }

    @Test
    @DisplayName("a holder who can't be told that the account did not close is waited for an hour, and no longer")
    void aHolderWhoCantBeToldIsWaitedFor() {
        ProcessInstance request = coolingOff("P3D");
        addFavourite();
        clock.forward(Duration.ofDays(3));
        journey.execute(journey.job(request, COOLING_OFF_OVER));
        Job telling = journey.job(request, "SendTask_TellNotReady");
        journey.refuseRows("inbox_message", "full_inbox", "id < 0");
        try {
            assertThat(journey.succeeds(telling)).isFalse();
            assertThat(journey.pending(telling)).isTrue();
            clock.forward(Duration.ofHours(1).plusSeconds(1));
            assertThat(journey.succeeds(telling)).isTrue();
        } finally {
            rows.update("alter table inbox_message drop constraint full_inbox");
        }

        journey.runWaiting(request);
        assertThat(journey.waitsAt(request, READ_NOTICE)).isTrue();
    }

    @Test
    @DisplayName("an account is not closed before its cooling-off is over, even if somebody fires the timer")
    void anAccountIsNotClosedBeforeItsCoolingOffIsOver() {
        ProcessInstance request = coolingOff("P3D");

        journey.execute(journey.job(request, COOLING_OFF_OVER));

        assertUnharmed();
        journey.runWaiting(request);
        assertThat((String) journey.shown(request, READ_NOTICE, "message")).isEqualTo("冷静期还没有结束，账户没有关闭。");
        assertToldNotClosed("冷静期未满");
    }

    @Test
    @DisplayName("a request whose confirmation is lost when it has cooled off is confirmed anew, and closes")
    void aRequestWhoseConfirmationIsLostIsConfirmedAnew() {
        ProcessInstance request = coolingOff("P3D");
        rows.update("delete from holder_answer");
        clock.forward(Duration.ofDays(3));

        journey.execute(journey.job(request, COOLING_OFF_OVER));

        assertUnharmed();
        journey.runWaiting(request);
        assertThat((String) journey.shown(request, READ_NOTICE, "message")).contains("没有您对这次注销的最终确认", "重新确认");
        assertToldNotClosed("没有您确认注销的记录");
        journey.submit(request, READ_NOTICE, "choice", "CONTINUE", "consent", true, "channel", "SMS");
        journey.verify(request, PHONE);
        journey.submit(request, CONFIRM, "choice", "CONFIRM");
        clock.forward(Duration.ofDays(3));
        journey.execute(journey.job(request, COOLING_OFF_OVER));
        assertThat(accounts.find(HOLDER).orElseThrow().status()).isEqualTo(AccountStatus.CLOSING);
    }

    private void assertToldNotClosed(String reason) {
        assertThat(jdbc.sql("select recipient from inbox_message where text like ?")
                        .param("%" + reason + "，账户没有关闭。%")
                        .query(String.class)
                        .list())
                .containsExactlyInAnyOrder(PHONE, "demo-10001@example.com");
    }

    @Test
    @DisplayName("a closing that fails when the cooling-off is over is tried again later and later, and lapses at last")
    void aClosingThatFailsIsTriedAgain() {
        ProcessInstance request = coolingOff("P3D");
        clock.forward(Duration.ofDays(3));
        journey.refuseRows("vault", "broken", "request_id = ''");
        try {
            Duration before = Duration.ZERO;
            while (journey.job(request, COOLING_OFF_OVER).getRetries() > 0) {
                Job closing = journey.job(request, COOLING_OFF_OVER);
                Duration wait =
                        Duration.between(clock.instant(), closing.getDuedate().toInstant());
                assertThat(wait).isGreaterThanOrEqualTo(before);
                before = wait;
                clock.forward(wait);
                assertThat(journey.succeeds(closing)).isFalse();
            }
            assertThat(before).isEqualTo(Duration.ofHours(8));
        } finally {
            rows.update("alter table vault drop constraint broken");
        }
        assertUnharmed();
        Job deadline = journey.job(request, "BoundaryEvent_NotClosedInTime");
        assertThat(deadline.getDuedate()).isEqualTo("2026-12-15T00:00:00+08:00");

        journey.execute(deadline);

        assertThat(request).isEnded().hasPassed("EndEvent_RequestLapsed");
        assertUnharmed();
    }

    @Test
    @DisplayName("whoever is there when the account does not close is told by the form alone")
    void whoeverIsThereIsToldByTheForm() {
        ProcessInstance request = verified();
        addFavourite();

        journey.submit(request, CONFIRM, "choice", "CONFIRM");

        assertThat(request).hasNotPassed("SendTask_TellNotReady");
        assertThat(journey.waitsAt(request, READ_NOTICE)).isTrue();
    }

    @Test
    @DisplayName(
            "a request that still has open items at the end of its last day lapses, and its timer is gone before that")
    void aRequestWithOpenItemsLapsesAfterItsLastDay() {
        ProcessInstance ready = journey.start("account-deregistration", HOLDER);
        assertThat(journey.jobs(ready, DEADLINE)).isEmpty();
        ProcessInstance request = journey.start("account-deregistration", "acct-10002");
        Job deadline = journey.job(request, DEADLINE);
        assertThat(deadline.getDuedate()).isEqualTo("2026-12-15T00:00:00+08:00");

        journey.execute(deadline);

        assertThat(request).isEnded().hasPassed("EndEvent_RequestLapsed");
        assertThat(accounts.find("acct-10002").orElseThrow().status()).isEqualTo(AccountStatus.ACTIVE);
    }

    @Test
    @DisplayName("staff is warned five and two working days before the last day, whatever the request waits for")
    void staffIsWarned() {
        ProcessInstance request = journey.start("account-deregistration", "acct-10002");
        warnOf(request);
        ProcessInstance erasing = confirmed();
        warnOf(erasing);

        assertThat(rows.texts("select text from inbox_message where recipient = 'support@example.com' order by id"))
                .hasSize(4)
                .allMatch(text -> text.contains("2026 年 12 月 14 日"))
                .satisfies(texts -> assertThat(texts.get(1)).contains("账户尚未关闭"))
                .satisfies(texts -> assertThat(texts.get(3)).contains("目前已完成 0/7 类数据。"));
    }

    @Test
    @DisplayName("a warning that was given or is still to come keeps no request from ending")
    void aWarningKeepsNoRequestFromEnding() {
        ProcessInstance warned = journey.start("account-deregistration", "acct-10002");
        journey.execute(journey.job(warned, FIRST_WARNING));
        journey.execute(journey.job(warned, "SendTask_WarnStaff"));
        Job second = journey.job(warned, SECOND_WARNING);

        journey.submit(warned, "UserTask_ResolveOpenItems", "choice", "WITHDRAW");

        assertThat(warned).isEnded().hasPassed("EndEvent_RequestWithdrawn");
        assertThat(journey.pending(second)).isFalse();
        assertThat(rows.text("select outcome from holder_request")).isEqualTo("EndEvent_RequestWithdrawn");
        ProcessInstance gone = confirmed();
        Job first = journey.job(gone, FIRST_WARNING);
        journey.erase(gone);
        journey.submit(gone, ACKNOWLEDGE);
        assertThat(gone).isEnded().hasPassed("EndEvent_AccountDeregistered");
        assertThat(journey.pending(first)).isFalse();
    }

    @Test
    @DisplayName("of an account that is gone no hash of its addresses stays")
    void ofAnAccountThatIsGoneNoHashStays() {
        ProcessInstance request = confirmed();
        String hash = rows.text("select accepted_target from verification");
        assertThat(Needles.find(jdbc, List.of(hash), Set.of())).hasSizeGreaterThan(2);
        journey.erase(request);

        journey.submit(request, ACKNOWLEDGE);

        assertThat(Needles.find(jdbc, List.of(hash), Set.of())).isEmpty();
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
    @DisplayName(
            "that a deregistration was asked for is told at once to every bound address, each once, with its own link")
    void everyAddressIsToldOfTheRequest() {
        ProcessInstance request = journey.start("account-deregistration", HOLDER);
        assertDue(request, "StartEvent_TellingRequested", Duration.ZERO);

        journey.tellRequested(request);

        assertThat(request).hasPassed("EndEvent_RequestTold").isWaitingAt(READ_NOTICE);
        assertThat(told()).containsExactlyInAnyOrder(PHONE, "demo-10001@example.com");
        assertThat(journey.notMe(PHONE))
                .matches("/not-me/[\\w-]{22}")
                .isNotEqualTo(journey.notMe("demo-10001@example.com"));
    }

    @Test
    @DisplayName("an address that was not reached is tried again, the others are told once, and nobody waits for it")
    void anAddressThatWasNotReachedIsTriedAgain() {
        ProcessInstance request = journey.start("account-deregistration", HOLDER);
        journey.execute(journey.job(request, "StartEvent_TellingRequested"));
        Job telling = journey.job(request, "SendTask_TellRequested");
        journey.refuseRows("inbox_message", "no_sms", "channel <> 'SMS'");
        try {
            assertThat(journey.succeeds(telling)).isFalse();
            assertThat(told()).containsExactly("demo-10001@example.com");
        } finally {
            rows.update("alter table inbox_message drop constraint no_sms");
        }
        rows.update("delete from inbox_message");
        journey.execute(telling);

        assertThat(told()).containsExactly(PHONE);
    }

    @Test
    @DisplayName("of a request that has ended nothing is told")
    void ofARequestThatHasEndedNothingIsTold() {
        ProcessInstance request = journey.start("account-deregistration", HOLDER);
        journey.execute(journey.job(request, "StartEvent_TellingRequested"));
        Job telling = journey.job(request, "SendTask_TellRequested");

        journey.submit(request, READ_NOTICE, "choice", "WITHDRAW");

        assertThat(journey.pending(telling)).isFalse();
        assertThat(told()).isEmpty();
    }

    @Test
    @DisplayName("while a contest is looked into no deregistration begins, and the holder is told what to do")
    void whileAContestIsLookedIntoNoDeregistrationBegins() {
        journey.contest(journey.start("account-deregistration", HOLDER), PHONE);

        ProcessInstance request = journey.start("account-deregistration", HOLDER);

        assertThat(request)
                .isEnded()
                .hasPassedInOrder("BoundaryEvent_Restricted", "EndEvent_AccountRestricted")
                .hasNotPassed(READ_NOTICE, "EndEvent_AlreadyRequested");
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

    private void warnOf(ProcessInstance request) {
        Job first = journey.job(request, FIRST_WARNING);
        assertThat(first.getDuedate()).isEqualTo("2026-12-07T00:00:00+08:00");
        journey.execute(first);
        journey.execute(journey.job(request, "SendTask_WarnStaff"));
        Job second = journey.job(request, SECOND_WARNING);
        assertThat(second.getDuedate()).isEqualTo("2026-12-10T00:00:00+08:00");
        journey.execute(second);
        journey.execute(journey.job(request, "SendTask_WarnStaffAgain"));
    }

    private List<String> told() {
        return rows.texts("select recipient from inbox_message where text like '%不是我操作%'");
    }

    private void addFavourite() {
        rows.update("insert into favourite (id, account_id, title) values ('new', ?, '雨伞')", HOLDER);
    }

    private ProcessInstance coolingOff(String duration) {
        journey.deployed("deregistration-policy", "\"PT0S\"", "\"" + duration + "\"");
        ProcessInstance request = verified();
        journey.submit(request, CONFIRM, "choice", "CONFIRM");
        return request;
    }

    private void assertDue(ProcessInstance request, String timer, Duration after) {
        assertThat(journey.job(request, timer).getDuedate())
                .isEqualTo(Date.from(clock.instant().plus(after)));
    }

    private void assertUnharmed() {
        assertThat(accounts.find(HOLDER).orElseThrow().status()).isEqualTo(AccountStatus.ACTIVE);
        assertThat(rows.number("select count(*) from favourite where account_id = ?", HOLDER))
                .isEqualTo(2);
    }
}
