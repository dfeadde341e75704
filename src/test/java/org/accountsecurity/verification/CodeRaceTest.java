package org.accountsecurity.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.accountsecurity.testing.Depth;
import org.accountsecurity.testing.Journey;
import org.accountsecurity.testing.JourneyTest;
import org.accountsecurity.testing.Race;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;

/** What two do at once, and what comes too late: decided by the database, never twice and never an incident. */
class CodeRaceTest extends JourneyTest {

    private static final String HOLDER = "acct-10001";
    private static final String PHONE = "13800138001";

    private static final String ENTER_CODE = "UserTask_EnterCode";
    private static final String RENEW_CODE = "UserTask_RenewCode";
    private static final String CONFIRM = "UserTask_ConfirmDeregistration";
    private static final String CODE_EXPIRED = "BoundaryEvent_CodeExpired";
    private static final int TRIALS = Depth.of(100, 1_000);
    private static final Duration TIME_TO_LIVE = Duration.ofMinutes(5);

    @Autowired
    RuntimeService runtime;

    @Autowired
    Outbox outbox;

    @Autowired
    ConfigurableApplicationContext context;

    @Test
    @DisplayName("of a hundred guesses at once five are evaluated, and then the right code is worth nothing")
    void ofAHundredGuessesFiveAreEvaluated() throws InterruptedException {
        ProcessInstance request = awaitingCode(HOLDER);
        String code = journey.code(PHONE);
        String guess = Journey.wrong(code);

        for (int i = 0; i < 5 && journey.waitsAt(request, ENTER_CODE); i++) {
            Task task = journey.task(request, ENTER_CODE);
            assertThat(Race.run(100, () -> journey.submitUnread(task, "choice", "SUBMIT", "code", guess)))
                    .allMatch(Race::lost);
        }
        if (journey.waitsAt(request, ENTER_CODE)) {
            journey.submit(request, ENTER_CODE, "choice", "SUBMIT", "code", code);
        }

        assertThat(journey.waitsAt(request, CONFIRM)).isFalse();
        assertThat(rows.number("select tries_left from verification_code")).isZero();
        assertThat(rows.number("select failures from code_allowance where subject = '" + HOLDER + "'"))
                .isEqualTo(5);
        assertThat(journey.noJobFailed()).isTrue();
    }

    @RepeatedTest(5)
    @DisplayName("of two who submit the right code at once, one wins")
    void ofTwoRightCodesOneWins() throws InterruptedException {
        ProcessInstance request = awaitingCode(HOLDER);
        Task task = journey.task(request, ENTER_CODE);
        String code = journey.code(PHONE);

        List<Throwable> thrown = Race.run(2, () -> journey.submitUnread(task, "choice", "SUBMIT", "code", code));

        assertThat(thrown).containsOnlyOnce((Throwable) null).allMatch(Race::lost);
        assertThat(journey.waitsAt(request, CONFIRM)).isTrue();
        assertThat(rows.number("select count(*) from verification where accepted_at is not null"))
                .isOne();
        assertThat(journey.noJobFailed()).isTrue();
    }

    @Test
    @DisplayName("a code sent for one purpose is wrong for another")
    void aCodeForOnePurposeIsWrongForAnother() {
        ProcessInstance deregistration = awaitingCode(HOLDER);
        String code = journey.code(PHONE);
        clock.forward(Duration.ofSeconds(60));
        ProcessInstance change = journey.start("phone-unbinding", HOLDER);
        journey.submit(change, "UserTask_ReadUnbindingNotice", "choice", "CONTINUE", "channel", "SMS");

        journey.submit(change, ENTER_CODE, "choice", "SUBMIT", "code", code);

        assertThat((String) journey.shown(change, ENTER_CODE, "message")).contains("不正确");
        assertThat(journey.waitsAt(deregistration, ENTER_CODE)).isTrue();
    }

    @Test
    @DisplayName("a code sent to the phone is an older one once the mail address was asked for")
    void aCodeForOneTargetIsWrongForAnother() {
        ProcessInstance request = awaitingCode(HOLDER);
        String code = journey.code(PHONE);
        clock.forward(Duration.ofSeconds(60));
        journey.submit(request, ENTER_CODE, "choice", "OTHER_CHANNEL");

        journey.submit(request, ENTER_CODE, "choice", "SUBMIT", "code", code);

        assertThat((String) journey.shown(request, ENTER_CODE, "message")).contains("较早");
    }

    @Test
    @DisplayName("a code dies with the version of the account that it was sent to")
    void aCodeDiesWithTheVersionOfTheAccount() {
        ProcessInstance request = awaitingCode(HOLDER);
        String code = journey.code(PHONE);
        rows.update("update account set version = version + 1 where id = ?", HOLDER);

        journey.submit(request, ENTER_CODE, "choice", "SUBMIT", "code", code);

        assertThat((String) journey.shown(request, ENTER_CODE, "message")).contains("不正确");
    }

    @Test
    @DisplayName("a holder's code is wrong in another holder's request")
    void aCodeOfOneHolderIsWrongForAnother() {
        awaitingCode(HOLDER);
        String code = journey.code(PHONE);
        ProcessInstance other = awaitingCode("acct-10004");

        journey.submit(other, ENTER_CODE, "choice", "SUBMIT", "code", code);

        assertThat((String) journey.shown(other, ENTER_CODE, "message")).contains("不正确");
    }

    @Test
    @DisplayName("in the instant of expiry, first the submission, then the timer: expired, and a new one can be had")
    void firstTheSubmissionThenTheTimer() {
        ProcessInstance request = awaitingCode(HOLDER);
        String code = journey.code(PHONE);
        clock.forward(TIME_TO_LIVE);

        journey.submit(request, ENTER_CODE, "choice", "SUBMIT", "code", code);
        assertThat((String) journey.shown(request, ENTER_CODE, "message")).contains("已过期");
        journey.execute(journey.job(request, CODE_EXPIRED));

        assertThat(journey.waitsAt(request, RENEW_CODE)).isTrue();
        assertThat(journey.noJobFailed()).isTrue();
    }

    @Test
    @DisplayName("in the instant of expiry, first the timer, then the submission: the task is gone")
    void firstTheTimerThenTheSubmission() {
        ProcessInstance request = awaitingCode(HOLDER);
        String code = journey.code(PHONE);
        Task task = journey.task(request, ENTER_CODE);
        clock.forward(TIME_TO_LIVE);
        journey.execute(journey.job(request, CODE_EXPIRED));

        assertThatThrownBy(() -> journey.submitUnread(task, "choice", "SUBMIT", "code", code))
                .matches(Race::lost);

        assertThat(journey.waitsAt(request, RENEW_CODE)).isTrue();
        assertThat(rows.number("select count(*) from verification_code where spent_at is not null"))
                .isZero();
        assertThat(journey.noJobFailed()).isTrue();
    }

    @RepeatedTest(5)
    @DisplayName("the timer and the last submission at once: one outcome, never both and never an incident")
    void theTimerAndTheSubmissionAtOnce() throws InterruptedException {
        ProcessInstance request = awaitingCode(HOLDER);
        String code = journey.code(PHONE);
        Task task = journey.task(request, ENTER_CODE);
        Job timer = journey.job(request, CODE_EXPIRED);
        clock.forward(TIME_TO_LIVE.minusMillis(1));

        List<Throwable> thrown = Race.run(List.<Callable<?>>of(
                () -> journey.submitUnread(task, "choice", "SUBMIT", "code", code), () -> journey.execute(timer)));
        assertOneIsFirst(thrown, timer);

        boolean accepted = journey.waitsAt(request, CONFIRM);
        boolean expired = journey.waitsAt(request, RENEW_CODE);
        assertThat(accepted).isNotEqualTo(expired);
        assertThat(rows.number("select count(*) from verification_code where spent_at is not null") == 1)
                .isEqualTo(accepted);
        assertThat(journey.noJobFailed()).isTrue();
    }

    @Test
    @DisplayName(
            "so many submissions around the instant of expiry: accepted or expired each, never both, never an incident")
    void submissionsAroundTheInstantOfExpiry() throws InterruptedException {
        int accepted = 0;
        for (int trial = 0; trial < TRIALS; trial++) {
            ProcessInstance change = journey.start("phone-unbinding", HOLDER);
            journey.submit(change, "UserTask_ReadUnbindingNotice", "choice", "CONTINUE", "channel", "SMS");
            journey.deliverCodes();
            Task task = journey.task(change, ENTER_CODE);
            Job timer = journey.job(change, CODE_EXPIRED);
            String code = journey.code(PHONE);
            int milliseconds = trial % 5 - 3;
            clock.forward(TIME_TO_LIVE.plusMillis(milliseconds));
            long late = (trial / 5 % 9 - 7) * 5_000_000L;

            List<Throwable> thrown = Race.run(List.<Callable<?>>of(
                    () -> {
                        LockSupport.parkNanos(late);
                        return journey.submitUnread(task, "choice", "SUBMIT", "code", code);
                    },
                    () -> {
                        LockSupport.parkNanos(-late);
                        return journey.execute(timer);
                    }));

            assertOneIsFirst(thrown, timer);
            if (journey.waitsAt(change, ENTER_CODE)) {
                assertThat(milliseconds).isNotNegative();
                journey.execute(journey.job(change, CODE_EXPIRED));
            }
            boolean spent = rows.number("select count(*) from verification_code where spent_at is not null") == 1;
            assertThat(journey.waitsAt(change, "UserTask_EnterNewPhone")).isEqualTo(spent);
            assertThat(journey.waitsAt(change, RENEW_CODE)).isNotEqualTo(spent);
            assertThat(spent && milliseconds >= 0).isFalse();
            accepted += spent ? 1 : 0;
            forget(change);
        }
        assertThat(journey.noJobFailed()).isTrue();
        assertThat(accepted).isBetween(1, TRIALS - 1);
        System.out.printf("of %d codes around their expiry %d were accepted%n", TRIALS, accepted);
    }

    /** As if the request and its limits had never been. */
    private void forget(ProcessInstance request) {
        runtime.deleteProcessInstance(request.getId(), "next trial", true);
        for (String table :
                List.of("code_send", "verification_code", "verification", "inbox_message", "holder_request")) {
            rows.update("delete from " + table);
        }
    }

    @RepeatedTest(5)
    @DisplayName("right codes and resends at once: one is first, and nobody waits for each other")
    void rightCodesAndResendsAtOnce() throws InterruptedException {
        ProcessInstance request = awaitingCode(HOLDER);
        Task task = journey.task(request, ENTER_CODE);
        String code = journey.code(PHONE);
        clock.forward(Duration.ofMinutes(2));
        Callable<?> submit = () -> journey.submitUnread(task, "choice", "SUBMIT", "code", code);
        Callable<?> resend = () -> journey.submitUnread(task, "choice", "RESEND");

        List<Throwable> thrown = Race.run(List.<Callable<?>>of(submit, resend, submit, resend, submit, resend));

        assertThat(thrown).containsOnlyOnce((Throwable) null).allMatch(Race::lost);
        assertThat(journey.waitsAt(request, CONFIRM)).isNotEqualTo(journey.waitsAt(request, ENTER_CODE));
    }

    @RepeatedTest(20)
    @DisplayName("a submission while the gateway accepts comes through; code and timer expire together, counted once")
    void aSubmissionWhileTheGatewayAccepts() throws InterruptedException {
        ProcessInstance request = notYetSent(HOLDER);
        Task task = journey.task(request, ENTER_CODE);
        clock.forward(Duration.ofMinutes(1));

        List<Throwable> thrown = Race.run(List.<Callable<?>>of(
                () -> journey.submitUnread(task, "choice", "SUBMIT", "code", "000000"), outbox::sendNext));

        assertThat(thrown).containsOnlyNulls();
        assertThat(journey.job(request, CODE_EXPIRED).getDuedate().toInstant())
                .isEqualTo(clock.instant().plus(TIME_TO_LIVE));
        assertThat(rows.number("select count(*) from code_send where under_way_until is null"))
                .isOne();
        assertThat(rows.count("inbox_message")).isOne();
        assertThat(journey.noJobFailed()).isTrue();
    }

    @Test
    @DisplayName(
            "a wrong code whose submission loses a race is checked again, and costs one try and counts one failure")
    void aWrongCodeThatLosesARaceCostsOneTry() {
        ProcessInstance request = awaitingCode(HOLDER);

        whileOthersChangeTheRequest(
                request,
                CodeEvent.Outcome.WRONG,
                1,
                () -> journey.submit(
                        request, ENTER_CODE, "choice", "SUBMIT", "code", Journey.wrong(journey.code(PHONE))));

        assertThat((String) journey.shown(request, ENTER_CODE, "message")).contains("还可尝试 4 次");
        assertThat(rows.number("select tries_left from verification_code")).isEqualTo(4);
        assertThat(rows.number("select failures from code_allowance where subject = '" + HOLDER + "'"))
                .isOne();
    }

    @Test
    @DisplayName("the right code, typed with the last try and losing races again and again, is accepted all the same")
    void theRightCodeWithTheLastTryIsAcceptedAllTheSame() {
        ProcessInstance request = awaitingCode(HOLDER);
        String code = journey.code(PHONE);
        for (int tries = 0; tries < 4; tries++) {
            journey.submit(request, ENTER_CODE, "choice", "SUBMIT", "code", Journey.wrong(code));
        }

        whileOthersChangeTheRequest(
                request,
                CodeEvent.Outcome.ACCEPTED,
                3,
                () -> journey.submit(request, ENTER_CODE, "choice", "SUBMIT", "code", code));

        assertThat(journey.waitsAt(request, CONFIRM)).isTrue();
        assertThat(rows.number("select tries_left from verification_code")).isZero();
    }

    @Test
    @DisplayName("an older code whose submission loses a race is given its one try back")
    void anOlderCodeThatLosesARaceIsGivenItsTryBack() {
        ProcessInstance request = awaitingCode(HOLDER);
        String older = journey.code(PHONE);
        clock.forward(Duration.ofSeconds(60));
        journey.submit(request, ENTER_CODE, "choice", "RESEND");
        journey.deliverCodes();

        whileOthersChangeTheRequest(
                request,
                CodeEvent.Outcome.OUTDATED,
                2,
                () -> journey.submit(request, ENTER_CODE, "choice", "SUBMIT", "code", older));

        assertThat(journey.shown(request, ENTER_CODE, "triesLeft")).isEqualTo(5);
        assertThat(rows.number("select failures from code_allowance where subject = '" + HOLDER + "'"))
                .isZero();
    }

    @Test
    @DisplayName("who loses every race hears of it in the end, is charged one try, and may type the same code again")
    void whoLosesEveryRaceHearsOfIt() {
        ProcessInstance request = awaitingCode(HOLDER);
        String code = journey.code(PHONE);

        assertThatThrownBy(() -> whileOthersChangeTheRequest(
                        request,
                        CodeEvent.Outcome.ACCEPTED,
                        Integer.MAX_VALUE,
                        () -> journey.submit(request, ENTER_CODE, "choice", "SUBMIT", "code", code)))
                .matches(Race::lost);

        assertThat(rows.number("select tries_left from verification_code")).isEqualTo(4);
        journey.submit(request, ENTER_CODE, "choice", "SUBMIT", "code", code);
        assertThat(journey.waitsAt(request, CONFIRM)).isTrue();
    }

    /** Whenever a code has been checked, and before that is committed, as often as this: as a job that ends meanwhile. */
    private void whileOthersChangeTheRequest(
            ProcessInstance request, CodeEvent.Outcome checked, int times, Runnable submission) {
        AtomicInteger changes = new AtomicInteger();
        ApplicationListener<PayloadApplicationEvent<Object>> others = event -> {
            if (event.getPayload() instanceof CodeEvent code
                    && code.outcome() == checked
                    && changes.getAndIncrement() < times) {
                CompletableFuture.runAsync(() -> rows.update(
                                "update ACT_RU_EXECUTION set REV_ = REV_ + 1 where ROOT_PROC_INST_ID_ = ?",
                                request.getId()))
                        .join();
            }
        };
        context.addApplicationListener(others);
        try {
            submission.run();
        } finally {
            context.removeApplicationListener(others);
        }
        assertThat(changes.get()).isGreaterThanOrEqualTo(1);
    }

    @RepeatedTest(3)
    @DisplayName("a code that many nodes want to send at once is one message, one send and one life")
    void aCodeThatManyNodesWantToSendAtOnce() throws InterruptedException {
        notYetSent(HOLDER);

        List<Throwable> thrown = Race.run(4, outbox::sendNext);

        assertThat(thrown).containsOnlyNulls();
        assertThat(rows.number("select send_attempts from verification_code")).isOne();
        assertThat(rows.count("inbox_message")).isOne();
        assertThat(rows.number("select count(*) from code_send where under_way_until is null"))
                .isOne();
    }

    /** The engine stumbles in many ways over what goes away under a job; it keeps no failure of a job that is gone. */
    private void assertOneIsFirst(List<Throwable> submissionAndTimer, Job timer) {
        assertThat(submissionAndTimer).contains((Throwable) null);
        assertThat(submissionAndTimer.get(0)).matches(Race::lost);
        assertThat(submissionAndTimer.get(1) == null || !journey.pending(timer)).isTrue();
    }

    private ProcessInstance notYetSent(String holder) {
        ProcessInstance request = journey.start("account-deregistration", holder);
        journey.submit(request, "UserTask_ReadNotice", "choice", "CONTINUE", "consent", true, "channel", "SMS");
        return request;
    }

    private ProcessInstance awaitingCode(String holder) {
        ProcessInstance request = notYetSent(holder);
        journey.deliverCodes();
        return request;
    }
}
