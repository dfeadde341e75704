package org.accountsecurity.verification;

import static org.accountsecurity.testing.PathAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Timestamp;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import org.accountsecurity.testing.CoversProcess;
import org.accountsecurity.testing.Crash;
import org.accountsecurity.testing.Journey;
import org.accountsecurity.testing.JourneyTest;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.spin.json.SpinJsonNode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@CoversProcess("verification-code")
class VerificationCodeProcessTest extends JourneyTest {

    private static final String HOLDER = "acct-10001";
    private static final String PHONE = "13800138001";
    private static final String MAIL = "demo-10001@example.com";

    private static final String ENTER_CODE = "UserTask_EnterCode";
    private static final String RENEW_CODE = "UserTask_RenewCode";
    private static final String READ_LIMIT = "UserTask_ReadLimit";
    private static final String READ_NOT_VERIFIED = "UserTask_ReadNotVerified";
    /** After the claim, the message in the inbox, and the commit of that. */
    private static final int POINT_OF_THE_ACCEPTANCE = 3;

    private static final String CODE_EXPIRED = "BoundaryEvent_CodeExpired";

    @Autowired
    RuntimeService runtime;

    @Autowired
    CodeStore store;

    @Autowired
    SendLedger sends;

    @Autowired
    Outbox outbox;

    @Test
    @DisplayName("the right code verifies the holder and stands in no engine table")
    void theRightCodeVerifiesTheHolder() {
        ProcessInstance request = awaitingCode("SMS");
        journey.deliverCodes();
        String code = journey.code(PHONE);

        journey.submit(request, ENTER_CODE, "choice", "SUBMIT", "code", code);

        assertThat(journey.waitsAt(request, "UserTask_ConfirmDeregistration")).isTrue();
        assertThat(verification(request)).contains("UserTask_EnterCode", "EndEvent_Verified");
        assertThat(rows.number("select count(*) from ACT_RU_VARIABLE where TEXT_ = ?", code))
                .isZero();
    }

    @Test
    @DisplayName("the form shows the masked address, the serial, and the tries and sends that are left")
    void theFormShowsWhatTheHolderNeeds() {
        ProcessInstance request = awaitingCode("SMS");

        assertThat(journey.shown(request, ENTER_CODE, "maskedTarget")).isEqualTo("138****8001");
        assertThat((String) journey.shown(request, ENTER_CODE, "serial")).matches("[A-Z][0-9]");
        assertThat(journey.shown(request, ENTER_CODE, "triesLeft")).isEqualTo(5);
        assertThat(journey.shown(request, ENTER_CODE, "sendsLeft")).isEqualTo(4);
        assertThat(journey.shown(request, ENTER_CODE, "expiresAt")).isEqualTo("10:05:00");
        assertThat(journey.shown(request, ENTER_CODE, "resendAt")).isEqualTo("10:01:00");
        assertThat(shown(request, "message")).isNull();
    }

    @Test
    @DisplayName("a code that is asked for before its time and typed all the same verifies, and no other is sent")
    void aCodeThatIsTypedAllTheSameVerifies() {
        ProcessInstance request = awaitingCode("SMS");
        journey.deliverCodes();
        clock.forward(Duration.ofSeconds(30));
        journey.submit(request, ENTER_CODE, "choice", "RESEND");

        journey.submit(request, ENTER_CODE, "choice", "SUBMIT", "code", journey.code(PHONE));
        journey.deliverCodes();

        assertThat(rows.count("inbox_message")).isEqualTo(1);
        assertThat(journey.waitsAt(request, "UserTask_ConfirmDeregistration")).isTrue();
        assertThat(verification(request)).contains("EndEvent_Verified");
    }

    @Test
    @DisplayName("an undelivered code dies with a verification that is given up")
    void anUndeliveredCodeDiesWithAVerificationThatIsGivenUp() {
        ProcessInstance request = awaitingCode("SMS");
        journey.deliverCodes();
        clock.forward(Duration.ofSeconds(60));
        journey.submit(request, ENTER_CODE, "choice", "RESEND");
        journey.deliverCodes();
        clock.forward(Duration.ofSeconds(120));
        journey.submit(request, ENTER_CODE, "choice", "RESEND");
        String older = journey.code(PHONE);
        journey.submit(request, ENTER_CODE, "choice", "SUBMIT", "code", older);
        assertThat((String) shown(request, "message")).contains("较早");

        journey.submit(request, ENTER_CODE, "choice", "GIVE_UP");
        journey.deliverCodes();

        assertThat(rows.count("inbox_message")).isEqualTo(2);
        assertThat(request).isEnded();
    }

    @Test
    @DisplayName("a wrong code costs one try and leaves code and deadline as they are")
    void aWrongCodeCostsOneTry() {
        ProcessInstance request = awaitingCode("SMS");
        journey.deliverCodes();
        String code = journey.code(PHONE);
        Date deadline = journey.job(request, CODE_EXPIRED).getDuedate();
        clock.forward(Duration.ofMinutes(1));

        journey.submit(request, ENTER_CODE, "choice", "SUBMIT", "code", Journey.wrong(code));

        assertThat(journey.shown(request, ENTER_CODE, "triesLeft")).isEqualTo(4);
        assertThat((String) shown(request, "message")).isEqualTo("验证码不正确，还可尝试 4 次。");
        assertThat(journey.job(request, CODE_EXPIRED).getDuedate()).isEqualTo(deadline);
        journey.submit(request, ENTER_CODE, "choice", "SUBMIT", "code", code);
        assertThat(journey.waitsAt(request, "UserTask_ConfirmDeregistration")).isTrue();
    }

    @Test
    @DisplayName("after five wrong codes the reason is shown and the request ends unverified")
    void afterFiveWrongCodesTheRequestEnds() {
        ProcessInstance request = refusedAfterFiveWrongCodes();
        assertThat((String) shown(request, "message")).contains("5 次");
        Job timer = journey.job(request, "BoundaryEvent_NotVerifiedSeen");

        journey.submit(request, READ_NOT_VERIFIED);

        assertThat(journey.pending(timer)).isFalse();
        assertThat(request).isEnded().hasPassed("EndEvent_HolderNotVerified").hasNotPassed("ServiceTask_CloseAccount");
    }

    @Test
    @DisplayName("the reason for a refusal goes away by itself after ten minutes")
    void theReasonForARefusalGoesAwayByItself() {
        ProcessInstance request = refusedAfterFiveWrongCodes();
        assertThat(journey.job(request, "BoundaryEvent_NotVerifiedSeen").getDuedate())
                .isEqualTo(dueIn(Duration.ofMinutes(10)));

        journey.execute(journey.job(request, "BoundaryEvent_NotVerifiedSeen"));

        assertThat(request).isEnded().hasPassed("EndEvent_HolderNotVerified");
    }

    @Test
    @DisplayName("the code's own expiry opens the way to a new one")
    void theExpiryOpensTheWayToANewCode() {
        ProcessInstance request = awaitingCode("SMS");
        journey.deliverCodes();
        String old = journey.code(PHONE);
        assertThat(journey.job(request, CODE_EXPIRED).getDuedate()).isEqualTo(dueIn(Duration.ofMinutes(5)));
        clock.forward(Duration.ofMinutes(5));
        journey.execute(journey.job(request, CODE_EXPIRED));

        journey.submit(request, RENEW_CODE, "choice", "RESEND");
        journey.deliverCodes();

        String renewed = journey.code(PHONE);
        assertThat(renewed).isNotEqualTo(old);
        journey.submit(request, ENTER_CODE, "choice", "SUBMIT", "code", renewed);
        assertThat(journey.waitsAt(request, "UserTask_ConfirmDeregistration")).isTrue();
    }

    @Test
    @DisplayName("the expiry timer is gone once the code is accepted")
    void theExpiryTimerIsGoneOnceTheCodeIsAccepted() {
        ProcessInstance request = awaitingCode("SMS");
        journey.deliverCodes();
        Job timer = journey.job(request, CODE_EXPIRED);

        journey.submit(request, ENTER_CODE, "choice", "SUBMIT", "code", journey.code(PHONE));

        assertThat(journey.pending(timer)).isFalse();
    }

    @Test
    @DisplayName("an expired code is refused although the timer has not fired yet")
    void anExpiredCodeIsRefusedBeforeTheTimerFires() {
        ProcessInstance request = awaitingCode("SMS");
        journey.deliverCodes();
        clock.forward(Duration.ofMinutes(5));

        journey.submit(request, ENTER_CODE, "choice", "SUBMIT", "code", journey.code(PHONE));

        assertThat((String) shown(request, "message")).isEqualTo("验证码已过期，请选择重新发送。");
        assertThat(journey.waitsAt(request, ENTER_CODE)).isTrue();
    }

    @Test
    @DisplayName("a code lives to the last millisecond before its expiry")
    void aCodeLivesToItsLastMillisecond() {
        ProcessInstance request = awaitingCode("SMS");
        journey.deliverCodes();
        clock.forward(Duration.ofMinutes(5).minusMillis(1));

        journey.submit(request, ENTER_CODE, "choice", "SUBMIT", "code", journey.code(PHONE));

        assertThat(journey.waitsAt(request, "UserTask_ConfirmDeregistration")).isTrue();
    }

    @Test
    @DisplayName("who does not ask for a new code within thirty minutes has let the request lapse")
    void whoDoesNotRenewLetsTheRequestLapse() {
        ProcessInstance request = expired();
        assertThat(journey.job(request, "BoundaryEvent_RenewalLapsed").getDuedate())
                .isEqualTo(dueIn(Duration.ofMinutes(30)));

        journey.execute(journey.job(request, "BoundaryEvent_RenewalLapsed"));

        assertThat(request).isEnded().hasPassed("EndEvent_RequestLapsed");
    }

    @Test
    @DisplayName("the renewal timer is gone once a new code is asked for")
    void theRenewalTimerIsGoneOnceANewCodeIsAskedFor() {
        ProcessInstance request = expired();
        Job timer = journey.job(request, "BoundaryEvent_RenewalLapsed");

        journey.submit(request, RENEW_CODE, "choice", "RESEND");

        assertThat(journey.pending(timer)).isFalse();
    }

    @Test
    @DisplayName("who gives up instead of renewing withdraws the request")
    void whoGivesUpInsteadOfRenewingWithdraws() {
        ProcessInstance request = expired();

        journey.submit(request, RENEW_CODE, "choice", "GIVE_UP");

        assertThat(request).isEnded().hasPassed("EndEvent_RequestWithdrawn");
    }

    @Test
    @DisplayName("a resend before its time keeps the code and says when it is possible")
    void aResendBeforeItsTimeKeepsTheCode() {
        ProcessInstance request = awaitingCode("SMS");
        journey.deliverCodes();
        String code = journey.code(PHONE);
        clock.forward(Duration.ofSeconds(59));

        journey.submit(request, ENTER_CODE, "choice", "RESEND");
        journey.deliverCodes();

        assertThat((String) shown(request, "message")).contains("10:01:00");
        assertThat(rows.count("inbox_message")).isEqualTo(1);
        journey.submit(request, ENTER_CODE, "choice", "SUBMIT", "code", code);
        assertThat(journey.waitsAt(request, "UserTask_ConfirmDeregistration")).isTrue();
    }

    @Test
    @DisplayName("a resend voids the code before; the older one costs no try")
    void aResendVoidsTheCodeBefore() {
        ProcessInstance request = awaitingCode("SMS");
        journey.deliverCodes();
        String older = journey.code(PHONE);
        clock.forward(Duration.ofSeconds(60));
        journey.submit(request, ENTER_CODE, "choice", "RESEND");
        journey.deliverCodes();
        String newest = journey.code(PHONE);

        journey.submit(request, ENTER_CODE, "choice", "SUBMIT", "code", older);

        assertThat((String) shown(request, "message"))
                .isEqualTo("这是较早发送的验证码，请输入编号 " + journey.shown(request, ENTER_CODE, "serial") + " 的验证码。");
        assertThat(journey.shown(request, ENTER_CODE, "triesLeft")).isEqualTo(5);
        journey.submit(request, ENTER_CODE, "choice", "SUBMIT", "code", newest);
        assertThat(journey.waitsAt(request, "UserTask_ConfirmDeregistration")).isTrue();
    }

    @Test
    @DisplayName("the other channel is the mail address")
    void theOtherChannelIsTheMailAddress() {
        ProcessInstance request = awaitingCode("SMS");
        journey.deliverCodes();
        clock.forward(Duration.ofSeconds(60));

        journey.submit(request, ENTER_CODE, "choice", "OTHER_CHANNEL");
        journey.deliverCodes();

        assertThat(journey.shown(request, ENTER_CODE, "maskedTarget")).isEqualTo("d***@example.com");
        journey.submit(request, ENTER_CODE, "choice", "SUBMIT", "code", journey.code(MAIL));
        assertThat(journey.waitsAt(request, "UserTask_ConfirmDeregistration")).isTrue();
    }

    @Test
    @DisplayName("who has one address alone is not offered another channel, and such an answer is refused")
    void whoHasOneAddressAloneIsNotOfferedAnother() {
        ProcessInstance request = awaitingCode("SMS");
        assertThat(choices(request)).containsExactly("提交验证码", "重新发送", "换一种方式接收", "放弃");

        rows.update("update account set mail = null where id = 'acct-10001'");

        assertThat(choices(request)).containsExactly("提交验证码", "重新发送", "放弃");
        assertThatThrownBy(() -> journey.submit(request, ENTER_CODE, "choice", "OTHER_CHANNEL"))
                .hasMessageContaining("“接下来”选项无效。");
        journey.submit(request, ENTER_CODE, "choice", "RESEND");
        assertThat(journey.waitsAt(request, ENTER_CODE)).isTrue();
    }

    private List<String> choices(ProcessInstance request) {
        return ((SpinJsonNode) journey.shown(request, ENTER_CODE, "choices"))
                .elements().stream()
                        .map(choice -> choice.prop("label").stringValue())
                        .toList();
    }

    @Test
    @DisplayName("the sixth send within an hour is refused while the fifth code lives, and then ends with a reason")
    void theSixthSendWithinAnHourIsRefused() {
        ProcessInstance request = afterFiveSends();
        clock.forward(Duration.ofMinutes(4).plusSeconds(59));
        journey.submit(request, ENTER_CODE, "choice", "RESEND");
        assertThat(journey.waitsAt(request, ENTER_CODE)).isTrue();

        clock.forward(Duration.ofSeconds(1));
        journey.execute(journey.job(request, CODE_EXPIRED));
        journey.submit(request, RENEW_CODE, "choice", "RESEND");

        assertThat((String) shown(request, "message")).isEqualTo("一小时内发送次数已用完，请一小时后再试。");
        Job timer = journey.job(request, "BoundaryEvent_LimitSeen");
        journey.submit(request, READ_LIMIT);
        assertThat(journey.pending(timer)).isFalse();
        assertThat(request).isEnded().hasPassed("EndEvent_HolderNotVerified");
    }

    @Test
    @DisplayName("a new request does not get around the limit, and its reason goes away by itself")
    void aNewRequestDoesNotGetAroundTheLimit() {
        ProcessInstance first = afterFiveSends();
        journey.submit(first, ENTER_CODE, "choice", "GIVE_UP");

        ProcessInstance second = awaitingCode("SMS");

        assertThat(journey.waitsAt(second, READ_LIMIT)).isTrue();
        assertThat(journey.job(second, "BoundaryEvent_LimitSeen").getDuedate())
                .isEqualTo(dueIn(Duration.ofMinutes(10)));
        journey.execute(journey.job(second, "BoundaryEvent_LimitSeen"));
        assertThat(second).isEnded().hasPassed("EndEvent_HolderNotVerified");
    }

    @Test
    @DisplayName("twenty failures pause the account for an hour, whatever request they belong to")
    void twentyFailuresPauseTheAccount() {
        for (int requests = 0; requests < 4; requests++) {
            journey.submit(refusedAfterFiveWrongCodes(), READ_NOT_VERIFIED);
            clock.forward(Duration.ofMinutes(5));
        }

        ProcessInstance paused = awaitingCode("SMS");

        assertThat(journey.waitsAt(paused, READ_LIMIT)).isTrue();
        assertThat((String) shown(paused, "message")).contains("错误次数过多");
        journey.submit(paused, READ_LIMIT);
        clock.forward(Duration.ofHours(1));
        assertThat(journey.waitsAt(awaitingCode("SMS"), ENTER_CODE)).isTrue();
    }

    @Test
    @DisplayName("a new request is no way around the wait between two sends")
    void aNewRequestIsNoWayAroundTheWait() {
        journey.submit(awaitingCode("SMS"), ENTER_CODE, "choice", "GIVE_UP");

        ProcessInstance second = awaitingCode("SMS");

        assertThat((String) shown(second, "message")).contains("10:01:00");
        journey.submit(second, READ_LIMIT);
        clock.forward(Duration.ofSeconds(60));
        assertThat(journey.waitsAt(awaitingCode("SMS"), ENTER_CODE)).isTrue();
    }

    @Test
    @DisplayName("whoever types wrong codes all day long keeps the holder from leaving for an hour at most")
    void wrongCodesKeepNobodyFromLeavingForLongerThanAnHour() {
        int wrongCodes = 0;
        for (int minutes = 0; minutes < 6 * 60; minutes += 5) {
            ProcessInstance request = awaitingCode("SMS");
            if (journey.waitsAt(request, ENTER_CODE)) {
                journey.deliverCodes();
                String wrong = Journey.wrong(journey.code(PHONE));
                while (journey.waitsAt(request, ENTER_CODE)) {
                    journey.submit(request, ENTER_CODE, "choice", "SUBMIT", "code", wrong);
                    wrongCodes++;
                }
            }
            journey.submit(request, journey.waitsAt(request, READ_LIMIT) ? READ_LIMIT : READ_NOT_VERIFIED);
            clock.forward(Duration.ofMinutes(5));
        }
        assertThat(wrongCodes).isGreaterThanOrEqualTo(50);

        clock.forward(Duration.ofHours(1));
        ProcessInstance own = awaitingCode("SMS");
        journey.verify(own, PHONE);

        assertThat(journey.waitsAt(own, "UserTask_ConfirmDeregistration")).isTrue();
        assertThat(rows.count("inbox_message")).isLessThanOrEqualTo(10 + 7);
    }

    @Test
    @DisplayName("a code lives from the send that the gateway accepted, and its timer with it")
    void aCodeLivesFromTheAcceptedSend() {
        ProcessInstance request = awaitingCode("SMS");
        clock.forward(Duration.ofMinutes(2));

        journey.deliverCodes();

        assertThat(journey.shown(request, ENTER_CODE, "expiresAt")).isEqualTo("10:07:00");
        assertThat(journey.shown(request, ENTER_CODE, "resendAt")).isEqualTo("10:03:00");
        assertThat(journey.job(request, CODE_EXPIRED).getDuedate()).isEqualTo(dueIn(Duration.ofMinutes(5)));
        clock.forward(Duration.ofMinutes(5).minusMillis(1));
        journey.submit(request, ENTER_CODE, "choice", "SUBMIT", "code", Journey.wrong(journey.code(PHONE)));
        assertThat(journey.job(request, CODE_EXPIRED).getDuedate()).isEqualTo(dueIn(Duration.ofMillis(1)));
        journey.submit(request, ENTER_CODE, "choice", "SUBMIT", "code", journey.code(PHONE));
        assertThat(journey.waitsAt(request, "UserTask_ConfirmDeregistration")).isTrue();
    }

    @Test
    @DisplayName("the same code accepted twice lives no longer and counts once")
    void theSameCodeAcceptedTwiceCountsOnce() {
        ProcessInstance request = awaitingCode("SMS");
        journey.deliverCodes();
        String verification = journey.called(request, "verification-code");
        Code code = store.newest(verification).orElseThrow();
        clock.forward(Duration.ofMinutes(1));

        sends.accepted(code, HOLDER, Purpose.DEREGISTRATION, Duration.ofMinutes(5), clock.instant());
        sends.failed(code.id(), false);

        assertThat(store.newest(verification).orElseThrow().expiresAt()).isEqualTo(code.expiresAt());
        assertThat(journey.shown(request, ENTER_CODE, "sendsLeft")).isEqualTo(4);
    }

    @Test
    @DisplayName(
            "a node that fails once the gateway has taken the code sends it again under the same key, and counts it once")
    void aNodeThatFailsSendsTheCodeAgainUnderTheSameKey() {
        ProcessInstance request = awaitingCode("SMS");
        clock.forward(Duration.ofMinutes(1));
        Crash acceptance = new Crash(POINT_OF_THE_ACCEPTANCE, Crash.Moment.BEFORE);
        assertThat(acceptance.survives(outbox::sendDue)).isTrue();
        assertThat(acceptance.statement()).contains("update verification_code set delivered_at");
        assertThat(journey.shown(request, ENTER_CODE, "delivery")).isEqualTo("短信正在发送。");
        clock.forward(Duration.ofSeconds(10));

        journey.deliverCodes();

        assertThat(rows.count("inbox_message")).isEqualTo(1);
        assertThat(journey.shown(request, ENTER_CODE, "sendsLeft")).isEqualTo(4);
        assertThat(journey.shown(request, ENTER_CODE, "expiresAt")).isEqualTo("10:06:10");
        assertThat(journey.job(request, CODE_EXPIRED).getDuedate()).isEqualTo(dueIn(Duration.ofMinutes(5)));
    }

    @Test
    @DisplayName("what a node has claimed and not sent another sends after a minute")
    void whatANodeHasClaimedAnotherSendsAfterAMinute() {
        awaitingCode("SMS");
        rows.update(
                "update verification_code set send_due_at = ?, send_attempts = 1",
                Timestamp.from(clock.instant().plus(Duration.ofMinutes(1))));
        clock.forward(Duration.ofSeconds(59));
        journey.deliverCodes();
        assertThat(rows.count("inbox_message")).isZero();

        clock.forward(Duration.ofSeconds(1));
        journey.deliverCodes();

        assertThat(rows.count("inbox_message")).isEqualTo(1);
    }

    @Test
    @DisplayName("a code that no gateway takes is tried four times, after 10 and 30 seconds and a minute, and no more")
    void aCodeThatNoGatewayTakesIsTriedFourTimes() {
        awaitingCode("SMS");
        journey.whileNothingIsSent(() -> {
            assertThat(outbox.sendNext()).isTrue();
            for (Duration pause : CodeOutbox.PAUSES) {
                clock.forward(pause.minusMillis(1));
                assertThat(outbox.sendNext()).isFalse();
                clock.forward(Duration.ofMillis(1));
                assertThat(outbox.sendNext()).isTrue();
            }
        });
        clock.forward(Duration.ofMinutes(2));

        assertThat(outbox.sendNext()).isFalse();
        assertThat(rows.count("inbox_message")).isZero();
    }

    @Test
    @DisplayName(
            "sends that no gateway takes cost nothing: neither the hour, nor the day, nor the wait, nor the code's life")
    void sendsThatNoGatewayTakesCostNothing() {
        ProcessInstance request = awaitingCode("SMS");
        journey.whileNothingIsSent(() -> {
            for (int sends = 0; sends < 12; sends++) {
                journey.deliverCodes();
                assertThat(journey.shown(request, ENTER_CODE, "sendsLeft")).isEqualTo(5);
                assertThat((String) journey.shown(request, ENTER_CODE, "delivery"))
                        .isEqualTo("短信暂时没有发出去，我们会自动重试，不占用您的发送次数。可换邮箱接收：请选择“换一种方式接收”。");
                journey.submit(request, ENTER_CODE, "choice", "RESEND");
                assertThat(shown(request, "message")).isNull();
            }
        });
        clock.forward(Duration.ofMinutes(1));
        journey.deliverCodes();

        assertThat(rows.count("inbox_message")).isEqualTo(1);
        assertThat(journey.shown(request, ENTER_CODE, "sendsLeft")).isEqualTo(4);
        assertThat(journey.job(request, CODE_EXPIRED).getDuedate()).isEqualTo(dueIn(Duration.ofMinutes(5)));
        assertThat(journey.shown(request, ENTER_CODE, "delivery")).isEqualTo("短信已发出，请留意查收。");
        journey.submit(request, ENTER_CODE, "choice", "SUBMIT", "code", journey.code(PHONE));
        assertThat(journey.waitsAt(request, "UserTask_ConfirmDeregistration")).isTrue();
    }

    @Test
    @DisplayName("a code that is not sent before its time runs out is asked for again, and has cost nothing")
    void aCodeThatIsNotSentInTimeHasCostNothing() {
        ProcessInstance request = expired();
        journey.deliverCodes();
        assertThat(rows.count("inbox_message")).isZero();

        journey.submit(request, RENEW_CODE, "choice", "RESEND");

        assertThat(journey.shown(request, ENTER_CODE, "sendsLeft")).isEqualTo(4);
        journey.deliverCodes();
        journey.submit(request, ENTER_CODE, "choice", "SUBMIT", "code", journey.code(PHONE));
        assertThat(journey.waitsAt(request, "UserTask_ConfirmDeregistration")).isTrue();
    }

    @Test
    @DisplayName(
            "a code that no gateway has answered for may come and may not: its holder is told, and another is sent")
    void aCodeThatNoGatewayHasAnsweredForMayNotCome() {
        ProcessInstance request = awaitingCode("SMS");
        String verification = journey.called(request, "verification-code");
        journey.whileNothingIsSent(() -> {
            sends.failed(store.newest(verification).orElseThrow().id(), true);
            journey.deliverCodes();
            assertThat(journey.shown(request, ENTER_CODE, "delivery"))
                    .isEqualTo("短信可能没有发出去，我们会自动重试。可换邮箱接收：请选择“换一种方式接收”。");
            retryInVain();
        });
        assertThat(journey.shown(request, ENTER_CODE, "delivery"))
                .isEqualTo("短信可能收不到，我们不再自动重试。请在 10:01:40 后选择“重新发送”，或现在选择“换一种方式接收”。");

        assertAnotherIsSent(request);
        assertThat(journey.shown(request, ENTER_CODE, "delivery")).isEqualTo("短信已发出，请留意查收。");
    }

    @Test
    @DisplayName(
            "a code that every gateway has refused is not said to be tried again once it isn't, and another is sent")
    void aCodeThatIsGivenUpIsNotSaidToBeTriedAgain() {
        ProcessInstance request = awaitingCode("SMS");
        jdbc.sql("update account set mail = null where id = ?").param(HOLDER).update();
        journey.whileNothingIsSent(() -> {
            journey.deliverCodes();
            retryInVain();
        });
        assertThat(journey.shown(request, ENTER_CODE, "delivery"))
                .isEqualTo("短信没有发出去，我们不再自动重试，不占用您的发送次数。请在 10:01:40 后选择“重新发送”。");

        assertAnotherIsSent(request);
    }

    private void assertAnotherIsSent(ProcessInstance request) {
        journey.submit(request, ENTER_CODE, "choice", "RESEND");
        journey.deliverCodes();

        assertThat(rows.count("inbox_message")).isEqualTo(1);
    }

    private void retryInVain() {
        for (Duration pause : CodeOutbox.PAUSES) {
            clock.forward(pause);
            journey.deliverCodes();
        }
    }

    @Test
    @DisplayName("while a send is under way it counts, so that nobody asks for many at once")
    void whileASendIsUnderWayItCounts() {
        ProcessInstance request = awaitingCode("SMS");

        journey.submit(request, ENTER_CODE, "choice", "RESEND");

        assertThat((String) shown(request, "message")).contains("10:01:00");
        assertThat(journey.shown(request, ENTER_CODE, "delivery")).isEqualTo("短信正在发送。");
        assertThat(journey.shown(request, ENTER_CODE, "sendsLeft")).isEqualTo(4);
    }

    private ProcessInstance awaitingCode(String channel) {
        ProcessInstance request = journey.start("account-deregistration", HOLDER);
        journey.submit(request, "UserTask_ReadNotice", "choice", "CONTINUE", "consent", true, "channel", channel);
        return request;
    }

    private ProcessInstance refusedAfterFiveWrongCodes() {
        ProcessInstance request = awaitingCode("SMS");
        journey.deliverCodes();
        String wrong = Journey.wrong(journey.code(PHONE));
        for (int tries = 0; tries < 5; tries++) {
            journey.submit(request, ENTER_CODE, "choice", "SUBMIT", "code", wrong);
        }
        return request;
    }

    private ProcessInstance expired() {
        ProcessInstance request = awaitingCode("SMS");
        clock.forward(Duration.ofMinutes(5));
        journey.execute(journey.job(request, CODE_EXPIRED));
        return request;
    }

    private ProcessInstance afterFiveSends() {
        ProcessInstance request = awaitingCode("SMS");
        journey.deliverCodes();
        for (Duration wait : List.of(
                Duration.ofSeconds(60), Duration.ofSeconds(120), Duration.ofSeconds(299), Duration.ofSeconds(299))) {
            clock.forward(wait);
            if (wait.toSeconds() == 299) {
                clock.forward(Duration.ofSeconds(1));
                journey.execute(journey.job(request, CODE_EXPIRED));
                journey.submit(request, RENEW_CODE, "choice", "RESEND");
            } else {
                journey.submit(request, ENTER_CODE, "choice", "RESEND");
            }
            journey.deliverCodes();
        }
        return request;
    }

    private Object shown(ProcessInstance request, String variable) {
        return runtime.getVariable(journey.called(request, "verification-code"), variable);
    }

    private List<String> verification(ProcessInstance request) {
        return journey.passed(journey.called(request, "verification-code"));
    }

    private Date dueIn(Duration duration) {
        return Date.from(clock.instant().plus(duration));
    }
}
