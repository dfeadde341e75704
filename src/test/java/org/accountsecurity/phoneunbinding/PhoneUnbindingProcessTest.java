package org.accountsecurity.phoneunbinding;

import static org.accountsecurity.testing.PathAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Timestamp;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.accountsecurity.shop.Accounts;
import org.accountsecurity.shop.Masks;
import org.accountsecurity.testing.CoversProcess;
import org.accountsecurity.testing.Journey;
import org.accountsecurity.testing.JourneyTest;
import org.accountsecurity.testing.Modeler;
import org.accountsecurity.testing.Needles;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

@CoversProcess("phone-unbinding")
class PhoneUnbindingProcessTest extends JourneyTest {

    private static final String HOLDER = "acct-10004";
    private static final String PHONE = "13800138004";
    private static final String NEW_PHONE = "13900139004";
    private static final String MAIL = "demo-10004@example.com";

    private static final String READ_NOTICE = "UserTask_ReadUnbindingNotice";
    private static final String ENTER_CODE = "UserTask_EnterCode";
    private static final String ENTER_NEW_PHONE = "UserTask_EnterNewPhone";
    private static final String CONFIRM = "UserTask_ConfirmUnbinding";
    private static final String REBIND_PHONE = "ServiceTask_RebindPhone";
    private static final String NOTIFY = "ServiceTask_NotifyBothNumbers";
    private static final String ACKNOWLEDGE = "UserTask_AcknowledgeUnbinding";

    private static final String NOTICE_LAPSED = "BoundaryEvent_NoticeLapsed";
    private static final String NEW_PHONE_LAPSED = "BoundaryEvent_NewPhoneLapsed";
    private static final String UNBINDING_SEEN = "BoundaryEvent_UnbindingSeen";

    @Autowired
    Accounts accounts;

    @Autowired
    RepositoryService repository;

    @Test
    @DisplayName("a holder who verifies both numbers logs in with the new one, and both are told")
    void aHolderWhoVerifiesBothNumbersLogsInWithTheNewOne() {
        ProcessInstance request = bothVerified();

        assertThat(journey.shown(request, CONFIRM, "maskedTarget")).isEqualTo(Masks.mask(NEW_PHONE));
        journey.submit(request, CONFIRM, "choice", "CONFIRM");
        journey.execute(journey.job(request, NOTIFY));
        assertThat(journey.shown(request, ACKNOWLEDGE, "maskedTarget")).isEqualTo(Masks.mask(NEW_PHONE));
        journey.submit(request, ACKNOWLEDGE);

        assertThat(request)
                .isEnded()
                .hasPassedInOrder(READ_NOTICE, ENTER_NEW_PHONE, CONFIRM, REBIND_PHONE, NOTIFY, ACKNOWLEDGE)
                .hasPassed("EndEvent_PhoneChanged");
        assertThat(accounts.findByLogin(PHONE)).isEmpty();
        assertThat(accounts.findByLogin(NEW_PHONE)).get().extracting("id").isEqualTo(HOLDER);
        assertThat(told()).containsExactlyInAnyOrder(PHONE, NEW_PHONE, MAIL);
        assertThat(rows.count("phone_change")).isZero();
    }

    @Test
    @DisplayName("a second change ends at once and issues no code")
    void aSecondChangeEndsAtOnce() {
        journey.start("phone-unbinding", HOLDER);

        ProcessInstance second = journey.start("phone-unbinding", HOLDER);

        assertThat(second).isEnded().hasPassed("EndEvent_AlreadyRequested").hasNotPassed(READ_NOTICE);
        assertThat(rows.count("code_send")).isZero();
    }

    @Test
    @DisplayName("an account past its commit point can't change its number")
    void anAccountPastItsCommitPointCantChangeItsNumber() {
        rows.update("update account set status = 'CLOSING' where id = ?", HOLDER);

        ProcessInstance request = journey.start("phone-unbinding", HOLDER);

        assertThat(request).isEnded().hasPassed("EndEvent_AlreadyRequested").hasNotPassed(READ_NOTICE);
    }

    @Test
    @DisplayName("a holder who does not want it after all keeps the number")
    void aHolderWhoDoesNotWantItKeepsTheNumber() {
        ProcessInstance request = journey.start("phone-unbinding", HOLDER);

        journey.submit(request, READ_NOTICE, "choice", "WITHDRAW");

        assertThat(request).isEnded().hasPassed("EndEvent_ChangeWithdrawn").hasNotPassed(REBIND_PHONE);
        assertUnchanged();
    }

    @Test
    @DisplayName("a notice without an answer lapses after 24 hours")
    void aNoticeWithoutAnAnswerLapses() {
        ProcessInstance request = journey.start("phone-unbinding", HOLDER);
        assertDue(request, NOTICE_LAPSED, Duration.ofHours(24));

        journey.execute(journey.job(request, NOTICE_LAPSED));

        assertThat(request).isEnded().hasPassed("EndEvent_ChangeLapsed").hasNotPassed(REBIND_PHONE);
        assertUnchanged();
    }

    @Test
    @DisplayName("the timer of the notice is gone once it is read")
    void theTimerOfTheNoticeIsGone() {
        ProcessInstance request = noticeRead();

        assertThat(journey.jobs(request, NOTICE_LAPSED)).isEmpty();
    }

    @Test
    @DisplayName("a holder who gives up the verification has withdrawn")
    void aHolderWhoGivesUpTheVerificationHasWithdrawn() {
        ProcessInstance request = noticeRead();

        journey.submit(request, ENTER_CODE, "choice", "GIVE_UP");

        assertThat(request).isEnded().hasPassed("EndEvent_ChangeWithdrawn").hasNotPassed(ENTER_NEW_PHONE);
        assertUnchanged();
    }

    @Test
    @DisplayName("five wrong codes end the change unverified")
    void fiveWrongCodesEndTheChangeUnverified() {
        ProcessInstance request = noticeRead();
        journey.deliverCodes();
        String wrong = Journey.wrong(journey.code(PHONE));

        for (int i = 0; i < 5; i++) {
            journey.submit(request, ENTER_CODE, "choice", "SUBMIT", "code", wrong);
        }
        journey.submit(request, "UserTask_ReadNotVerified");

        assertThat(request).isEnded().hasPassed("EndEvent_HolderNotVerified").hasNotPassed(ENTER_NEW_PHONE);
        assertUnchanged();
    }

    @Test
    @DisplayName("a code that is never renewed lets the change lapse")
    void aCodeThatIsNeverRenewedLetsTheChangeLapse() {
        ProcessInstance request = noticeRead();
        clock.forward(Duration.ofMinutes(5));
        journey.execute(journey.job(request, "BoundaryEvent_CodeExpired"));

        journey.execute(journey.job(request, "BoundaryEvent_RenewalLapsed"));

        assertThat(request).isEnded().hasPassed("EndEvent_ChangeLapsed").hasNotPassed(ENTER_NEW_PHONE);
        assertUnchanged();
    }

    @Test
    @DisplayName("a change that waits ends with the account, leaves no number behind and tells nobody of a success")
    void aChangeThatWaitsEndsWithTheAccount() {
        ProcessInstance change = bothVerified();
        ProcessInstance deregistration = journey.start("account-deregistration", HOLDER);
        journey.submit(deregistration, "UserTask_ReadNotice", "choice", "CONTINUE", "consent", true, "channel", "SMS");
        journey.verify(deregistration, PHONE);
        long sent = rows.count("inbox_message");

        journey.submit(deregistration, "UserTask_ConfirmDeregistration", "choice", "CONFIRM");

        assertThat(change).isEnded().hasNotPassed(REBIND_PHONE, NOTIFY);
        assertThat(rows.count("phone_change")).isZero();
        assertThat(rows.count("inbox_message")).isEqualTo(sent);
    }

    @Test
    @DisplayName("a change that has happened still tells both numbers when the account closes right after it")
    void aChangeThatHasHappenedStillTellsBothNumbers() {
        ProcessInstance change = bothVerified();
        journey.submit(change, CONFIRM, "choice", "CONFIRM");
        ProcessInstance deregistration = journey.start("account-deregistration", HOLDER);
        journey.submit(deregistration, "UserTask_ReadNotice", "choice", "CONTINUE", "consent", true, "channel", "SMS");
        journey.verify(deregistration, NEW_PHONE);
        journey.submit(deregistration, "UserTask_ConfirmDeregistration", "choice", "CONFIRM");

        journey.execute(journey.job(change, NOTIFY));

        assertThat(told()).containsExactlyInAnyOrder(PHONE, NEW_PHONE, MAIL);
    }

    @Test
    @DisplayName("a change of an account that is locked meanwhile is refused with a remedy")
    void aChangeOfALockedAccountIsRefused() {
        ProcessInstance request = bothVerified();
        rows.update("update account set status = 'LOCKED' where id = ?", HOLDER);

        journey.submit(request, CONFIRM, "choice", "CONFIRM");

        assertThat((String) journey.shown(request, ENTER_NEW_PHONE, "message")).contains("不能更换手机号");
        assertThat(request).hasNotPassed(NOTIFY);
        assertThat(accounts.find(HOLDER).orElseThrow().phone()).isEqualTo(PHONE);
    }

    @Test
    @DisplayName("a number that support changed after the verification stands, and the holder is told to apply again")
    void aNumberChangedAfterTheVerificationStands() {
        ProcessInstance request = bothVerified();
        rows.update("update account set phone = '13700137004', version = version + 1 where id = ?", HOLDER);

        journey.submit(request, CONFIRM, "choice", "CONFIRM");

        assertThat((String) journey.shown(request, ENTER_NEW_PHONE, "message")).contains("重新申请");
        assertThat(request).hasNotPassed(NOTIFY);
        assertThat(accounts.find(HOLDER).orElseThrow().phone()).isEqualTo("13700137004");
    }

    @ParameterizedTest
    @CsvSource({
        "12345, 请输入有效的中国大陆手机号码。",
        "02087654321, 请输入有效的中国大陆手机号码。",
        "+14155552671, 请输入有效的中国大陆手机号码。",
        "not a number, 请输入有效的中国大陆手机号码。",
        "13800138004, 这就是当前绑定的号码，请输入新的手机号。",
        "+86 138 0013 8004, 这就是当前绑定的号码，请输入新的手机号。",
        "13800138005, 该号码暂不能绑定，请换一个号码，或联系客服。"
    })
    @DisplayName("a number that can't be bound is asked for again, with the reason, and gets no message")
    void aNumberThatCantBeBoundIsAskedForAgain(String typed, String reason) {
        ProcessInstance request = holderVerified();
        long sent = rows.count("inbox_message");

        journey.submit(request, ENTER_NEW_PHONE, "choice", "CONTINUE", "newPhone", typed);

        assertThat(journey.shown(request, ENTER_NEW_PHONE, "message")).isEqualTo(reason);
        assertThat(request).hasNotPassed("CallActivity_VerifyNewPhone");
        assertThat(rows.count("inbox_message")).isEqualTo(sent);
        assertUnchanged();
    }

    @Test
    @DisplayName("nobody finds out by trying which numbers are bound: ten a day are checked, whichever they are")
    void tenNumbersADayAreChecked() {
        ProcessInstance request = holderVerified();
        for (int i = 0; i < 10; i++) {
            journey.submit(request, ENTER_NEW_PHONE, "choice", "CONTINUE", "newPhone", "13800138005");
        }

        journey.submit(request, ENTER_NEW_PHONE, "choice", "CONTINUE", "newPhone", NEW_PHONE);

        assertThat(journey.shown(request, ENTER_NEW_PHONE, "message")).isEqualTo("今天尝试的号码过多，请 24 小时后再试。");
        journey.submit(request, ENTER_NEW_PHONE, "choice", "WITHDRAW");
        clock.forward(Duration.ofDays(1));
        ProcessInstance nextDay = holderVerified();
        journey.submit(nextDay, ENTER_NEW_PHONE, "choice", "CONTINUE", "newPhone", NEW_PHONE);
        assertThat(journey.waitsAt(nextDay, "UserTask_EnterCode")).isTrue();
    }

    @Test
    @DisplayName("a flood of codes to new numbers stops at the shop's budget, and bound numbers still get theirs")
    void aFloodStopsAtTheShopsBudget() {
        ProcessInstance request = holderVerified();
        for (int i = 0; i < 1000; i++) {
            rows.update(
                    "insert into code_send (id, account_id, target_hash, purpose, sent_at)"
                            + " values (?, 'acct-flood', ?, 'NEW_PHONE', ?)",
                    "flood-" + i,
                    "hash-" + i,
                    java.sql.Timestamp.from(clock.instant()));
        }

        journey.submit(request, ENTER_NEW_PHONE, "choice", "CONTINUE", "newPhone", NEW_PHONE);

        assertThat((String) journey.shown(request, "UserTask_ReadLimit", "message"))
                .contains("一小时后再试");
        ProcessInstance bound = journey.start("account-deregistration", "acct-10001");
        journey.submit(bound, "UserTask_ReadNotice", "choice", "CONTINUE", "consent", true, "channel", "SMS");
        assertThat(journey.waitsAt(bound, "UserTask_EnterCode")).isTrue();
        journey.submit(request, "UserTask_ReadLimit");
        clock.forward(Duration.ofHours(1));
        journey.submit(request, ENTER_NEW_PHONE, "choice", "CONTINUE", "newPhone", NEW_PHONE);
        assertThat(journey.waitsAt(request, "UserTask_EnterCode")).isTrue();
    }

    @Test
    @DisplayName("a number in any usual spelling is bound as eleven digits")
    void aNumberInAnyUsualSpellingIsBound() {
        ProcessInstance request = holderVerified();

        journey.submit(request, ENTER_NEW_PHONE, "choice", "CONTINUE", "newPhone", "+86 139-0013-9004");
        journey.verify(request, NEW_PHONE);
        journey.submit(request, CONFIRM, "choice", "CONFIRM");

        assertThat(accounts.findByLogin(NEW_PHONE)).isPresent();
    }

    @Test
    @DisplayName("a policy that asks for no verification of the holder goes straight to the new number")
    void aPolicyMaySwitchTheVerificationOfTheHolderOff() {
        Map<String, String> files = Modeler.everythingWith("phone-unbinding.bpmn");
        files.computeIfPresent(
                "verification-policy.dmn",
                (name, policy) ->
                        policy.replaceFirst("(?s)(Rule_PhoneUnbinding_required\">\\s*<text>)true", "$1false"));
        journey.deployed(files);
        ProcessInstance request = journey.start("phone-unbinding", HOLDER);

        journey.submit(request, READ_NOTICE, "choice", "CONTINUE", "channel", "SMS");
        journey.submit(request, ENTER_NEW_PHONE, "choice", "CONTINUE", "newPhone", NEW_PHONE);
        journey.verify(request, NEW_PHONE);
        journey.submit(request, CONFIRM, "choice", "CONFIRM");

        assertThat(request).hasNotPassed("CallActivity_VerifyHolder").hasPassed("SubProcess_ChoosePhone");
        assertThat(accounts.findByLogin(NEW_PHONE)).isPresent();
    }

    @Test
    @DisplayName("a holder who does not want to name a number withdraws")
    void aHolderWhoDoesNotWantToNameANumberWithdraws() {
        ProcessInstance request = holderVerified();

        journey.submit(request, ENTER_NEW_PHONE, "choice", "WITHDRAW");

        assertThat(request).isEnded().hasPassed("EndEvent_ChangeWithdrawn").hasNotPassed(REBIND_PHONE);
        assertUnchanged();
    }

    @Test
    @DisplayName("a new number that is not verified is asked for again")
    void aNewNumberThatIsNotVerifiedIsAskedForAgain() {
        ProcessInstance request = newPhoneEntered();

        journey.submit(request, ENTER_CODE, "choice", "GIVE_UP");

        assertThat(journey.waitsAt(request, ENTER_NEW_PHONE)).isTrue();
        assertUnchanged();
    }

    @Test
    @DisplayName("whoever gave up the first new number sees the second one confirmed, and that it is bound")
    void theSecondNewNumberIsShownToTheEnd() {
        ProcessInstance request = newPhoneEntered();
        journey.submit(request, ENTER_CODE, "choice", "GIVE_UP");
        clock.forward(Duration.ofMinutes(5));
        journey.submit(request, ENTER_NEW_PHONE, "choice", "CONTINUE", "newPhone", NEW_PHONE);
        journey.verify(request, NEW_PHONE);

        journey.submit(request, CONFIRM, "choice", "CONFIRM");
        journey.execute(journey.job(request, NOTIFY));

        assertThat(journey.shown(request, ACKNOWLEDGE, "maskedTarget")).isEqualTo(Masks.mask(NEW_PHONE));
    }

    @Test
    @DisplayName("a holder may withdraw at the last question")
    void aHolderMayWithdrawAtTheLastQuestion() {
        ProcessInstance request = bothVerified();

        journey.submit(request, CONFIRM, "choice", "WITHDRAW");

        assertThat(request).isEnded().hasPassed("EndEvent_ChangeWithdrawn").hasNotPassed(REBIND_PHONE);
        assertUnchanged();
    }

    @Test
    @DisplayName("a change that is not finished within 24 hours of the verification lapses")
    void aChangeThatIsNotFinishedLapses() {
        ProcessInstance request = holderVerified();
        assertDue(request, NEW_PHONE_LAPSED, Duration.ofHours(24));

        journey.execute(journey.job(request, NEW_PHONE_LAPSED));

        assertThat(request).isEnded().hasPassed("EndEvent_ChangeLapsed").hasNotPassed(REBIND_PHONE);
        assertUnchanged();
    }

    @Test
    @DisplayName("the timer of the new number is gone once it is bound")
    void theTimerOfTheNewNumberIsGone() {
        ProcessInstance request = bothVerified();

        journey.submit(request, CONFIRM, "choice", "CONFIRM");

        assertThat(journey.jobs(request, NEW_PHONE_LAPSED)).isEmpty();
    }

    @Test
    @DisplayName("a number taken by someone else between check and commit is asked for again, in neutral words")
    void aNumberTakenMeanwhileIsAskedForAgain() {
        ProcessInstance request = bothVerified();
        rows.update("update account set phone = ?, version = version + 1 where id = 'acct-10005'", NEW_PHONE);

        journey.submit(request, CONFIRM, "choice", "CONFIRM");

        assertThat(journey.shown(request, ENTER_NEW_PHONE, "message")).isEqualTo("该号码暂不能绑定，请换一个号码，或联系客服。");
        assertThat(request).hasNotPassed(NOTIFY);
        assertUnchanged();
    }

    @Test
    @DisplayName("after a number was taken, another one can still be bound")
    void afterANumberWasTakenAnotherOneCanBeBound() {
        ProcessInstance request = bothVerified();
        rows.update("update account set phone = ?, version = version + 1 where id = 'acct-10005'", NEW_PHONE);
        journey.submit(request, CONFIRM, "choice", "CONFIRM");

        journey.submit(request, ENTER_NEW_PHONE, "choice", "CONTINUE", "newPhone", "13900139999");
        journey.verify(request, "13900139999");
        journey.submit(request, CONFIRM, "choice", "CONFIRM");

        assertThat(accounts.findByLogin("13900139999")).get().extracting("id").isEqualTo(HOLDER);
    }

    @Test
    @DisplayName("a number that can't be reached is tried for a day, and then kept no longer")
    void aNumberThatCantBeReachedIsTriedForADay() {
        ProcessInstance change = bothVerified();
        journey.submit(change, CONFIRM, "choice", "CONFIRM");
        journey.refuseRows("inbox_message", "unreachable", "recipient <> '" + PHONE + "'");
        try {
            assertThat(journey.succeeds(journey.job(change, NOTIFY))).isFalse();
            clock.forward(Duration.ofDays(1).plusSeconds(1));
            assertThat(journey.succeeds(journey.job(change, NOTIFY))).isTrue();
        } finally {
            rows.update("alter table inbox_message drop constraint unreachable");
        }

        assertThat(told()).containsExactlyInAnyOrder(NEW_PHONE, MAIL);
        assertThat(journey.waitsAt(change, ACKNOWLEDGE)).isTrue();
        assertThat(rows.count("phone_change")).isZero();
    }

    @Test
    @DisplayName("a change whose numbers are still to be told leaves none behind once the account is closed for good")
    void aChangeWhoseNumbersAreStillToBeTold() {
        ProcessInstance change = bothVerified();
        journey.submit(change, CONFIRM, "choice", "CONFIRM");
        ProcessInstance deregistration = journey.confirmed(HOLDER, NEW_PHONE);
        journey.erase(deregistration);
        assertThat(change).isNotEnded();

        journey.submit(deregistration, "UserTask_AcknowledgeResult");

        assertThat(change).isEnded();
        assertThat(Needles.find(jdbc, List.of(PHONE, NEW_PHONE), Set.of("inbox_message")))
                .isEmpty();
    }

    @Test
    @DisplayName("while a contest is looked into no change begins, and the holder is told what to do")
    void whileAContestIsLookedIntoNoChangeBegins() {
        journey.contest(journey.start("account-deregistration", HOLDER), PHONE);

        ProcessInstance request = journey.start("phone-unbinding", HOLDER);

        assertThat(request)
                .isEnded()
                .hasPassedInOrder("BoundaryEvent_Restricted", "EndEvent_AccountRestricted")
                .hasNotPassed(READ_NOTICE);
    }

    @Test
    @DisplayName("a change that is still open in a restricted account does not happen, and says why")
    void aChangeOfARestrictedAccountIsRefused() {
        ProcessInstance request = bothVerified();
        rows.update(
                "insert into contest (id, request_id, occasion, addressee, stopped, restricts, opened_at, restricted_until)"
                        + " values ('other-contest', 'other', 'DEREGISTRATION_REQUESTED', 'SMS', true, ?, ?, ?)",
                HOLDER,
                Timestamp.from(clock.instant()),
                Timestamp.from(clock.instant().plusSeconds(1)));

        journey.submit(request, CONFIRM, "choice", "CONFIRM");

        assertThat(request).hasNotPassed(NOTIFY);
        assertThat((String) journey.shown(request, ENTER_NEW_PHONE, "message"))
                .contains("不是本人操作")
                .contains("联系客服");
        assertUnchanged();
    }

    @Test
    @DisplayName("success is shown for ten minutes")
    void successIsShownForTenMinutes() {
        ProcessInstance request = rebound();
        assertDue(request, UNBINDING_SEEN, Duration.ofMinutes(10));

        journey.execute(journey.job(request, UNBINDING_SEEN));

        assertThat(request).isEnded().hasPassed("EndEvent_PhoneChanged");
    }

    @Test
    @DisplayName("the timer of the success is gone once it is acknowledged")
    void theTimerOfTheSuccessIsGone() {
        ProcessInstance request = rebound();

        journey.submit(request, ACKNOWLEDGE);

        assertThat(journey.jobs(request, UNBINDING_SEEN)).isEmpty();
    }

    private ProcessInstance noticeRead() {
        ProcessInstance request = journey.start("phone-unbinding", HOLDER);
        journey.submit(request, READ_NOTICE, "choice", "CONTINUE", "channel", "SMS");
        return request;
    }

    private ProcessInstance holderVerified() {
        ProcessInstance request = noticeRead();
        journey.verify(request, PHONE);
        return request;
    }

    private ProcessInstance newPhoneEntered() {
        ProcessInstance request = holderVerified();
        journey.submit(request, ENTER_NEW_PHONE, "choice", "CONTINUE", "newPhone", NEW_PHONE);
        return request;
    }

    private ProcessInstance bothVerified() {
        ProcessInstance request = newPhoneEntered();
        journey.verify(request, NEW_PHONE);
        return request;
    }

    private ProcessInstance rebound() {
        ProcessInstance request = bothVerified();
        journey.submit(request, CONFIRM, "choice", "CONFIRM");
        journey.execute(journey.job(request, NOTIFY));
        return request;
    }

    private void assertDue(ProcessInstance request, String timer, Duration after) {
        assertThat(journey.job(request, timer).getDuedate())
                .isEqualTo(Date.from(clock.instant().plus(after)));
    }

    private void assertUnchanged() {
        assertThat(accounts.findByLogin(PHONE)).get().extracting("id").isEqualTo(HOLDER);
    }

    /** Whoever got a notice that can be contested, however often. */
    private List<String> told() {
        return rows.texts("select recipient from inbox_message where text like '%不是我操作%'");
    }
}
