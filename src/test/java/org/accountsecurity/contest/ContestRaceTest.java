package org.accountsecurity.contest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.accountsecurity.shop.AccountStatus;
import org.accountsecurity.shop.Accounts;
import org.accountsecurity.testing.JourneyTest;
import org.accountsecurity.testing.Race;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** The link against the points of no return: whoever is first has won, and the page knows who was. */
class ContestRaceTest extends JourneyTest {

    private static final String HOLDER = "acct-10001";
    private static final String PHONE = "13800138001";
    private static final String NEW_PHONE = "13900139001";

    @Autowired
    Contests contests;

    @Autowired
    Accounts accounts;

    @Autowired
    TransactionTemplate transaction;

    private ProcessInstance request;
    private Task confirmation;
    private String token;

    @BeforeEach
    void aDeregistrationBeforeItsLastConfirmation() {
        request = journey.verified(HOLDER, PHONE);
        confirmation = journey.task(request, "UserTask_ConfirmDeregistration");
        journey.read(confirmation);
        journey.tellRequested(request);
        token = journey.notMe(PHONE).substring(ContestLinks.PATH.length());
    }

    @RepeatedTest(10)
    @DisplayName("of the link and the last confirmation at once exactly one wins, and the page says which")
    void ofTheLinkAndTheLastConfirmationOneWins() throws InterruptedException {
        AtomicReference<Optional<Contest>> contest = new AtomicReference<>();

        List<Throwable> thrown = Race.run(List.<Callable<?>>of(
                () -> {
                    contest.set(contests.contest(token));
                    return null;
                },
                () -> journey.submitUnread(confirmation, "choice", "CONFIRM")));

        assertThat(thrown.get(0)).isNull();
        assertConsistent(contest.get().orElseThrow());
    }

    @Test
    @DisplayName("a link that is used while the account is being closed waits, comes too late, and says so")
    void aLinkThatWaitsForTheClosing() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        CompletableFuture<Void> closing = CompletableFuture.runAsync(() -> transaction.executeWithoutResult(status -> {
            journey.submit(confirmation, "choice", "CONFIRM");
            closed.countDown();
            await(go);
        }));
        await(closed);
        CompletableFuture<Optional<Contest>> contest = CompletableFuture.supplyAsync(() -> contests.contest(token));
        assertWaits(contest);

        go.countDown();

        closing.join();
        assertThat(contest.join().orElseThrow().effect()).isEqualTo(Effect.NONE);
        assertConsistent(contest.join().orElseThrow());
    }

    @Test
    @DisplayName("a last confirmation that comes while the link is being used waits, and closes nothing")
    void aConfirmationThatWaitsForTheLink() throws Exception {
        CountDownLatch contested = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        CompletableFuture<Optional<Contest>> contest =
                CompletableFuture.supplyAsync(() -> transaction.execute(status -> {
                    Optional<Contest> made = contests.contest(token);
                    contested.countDown();
                    await(go);
                    return made;
                }));
        await(contested);
        CompletableFuture<Void> closing =
                CompletableFuture.runAsync(() -> journey.submitUnread(confirmation, "choice", "CONFIRM"));
        assertWaits(closing);

        go.countDown();

        assertThat(contest.join().orElseThrow().effect()).isEqualTo(Effect.STOPS);
        assertThat(closing.handle((done, thrown) -> thrown).join()).isNotNull();
        assertConsistent(contest.join().orElseThrow());
    }

    @RepeatedTest(5)
    @DisplayName("of the link and the last confirmation of a phone change, each order leaves one state that is true")
    void ofTheLinkAndAPhoneChange() throws InterruptedException {
        ProcessInstance change = phoneChange();
        Task confirmation = journey.task(change, "UserTask_ConfirmUnbinding");
        journey.read(confirmation);

        List<Throwable> thrown = Race.run(List.<Callable<?>>of(
                () -> contests.contest(token).orElseThrow(),
                () -> journey.submitUnread(confirmation, "choice", "CONFIRM")));

        assertThat(thrown.get(0)).isNull();
        assertThat(journey.running(request)).isFalse();
        assertThat(contests.restriction(HOLDER)).isPresent();
        boolean changed = NEW_PHONE.equals(accounts.find(HOLDER).orElseThrow().phone());
        assertThat(number("select count(*) from phone_change where rebound_at is not null"))
                .isEqualTo(changed ? 1 : 0);
        assertThat(number("select count(*) from holder_request where ended_at is null and committed_at is null"))
                .isZero();
        assertThat(journey.running(change)).isEqualTo(changed);
    }

    @RepeatedTest(5)
    @DisplayName("both links of a request pressed at once, twice each, open one case")
    void bothLinksAtOnceOpenOneCase() throws InterruptedException {
        String mail = journey.notMe("demo-10001@example.com").substring(ContestLinks.PATH.length());

        List<Throwable> thrown = Race.run(List.<Callable<?>>of(
                () -> contests.contest(token),
                () -> contests.contest(mail),
                () -> contests.contest(token),
                () -> contests.contest(mail)));

        assertThat(thrown).containsOnlyNulls();
        assertThat(number("select count(*) from contest")).isOne();
        assertThat(number("select count(*) from ACT_RU_TASK where TASK_DEF_KEY_ = 'UserTask_HandleContest'"))
                .isOne();
    }

    @RepeatedTest(5)
    @DisplayName("of the link of a phone change and a last confirmation of the thief, each order leaves one true state")
    void ofTheLinkOfAPhoneChangeAndTheClosing() throws InterruptedException {
        journey.submit(confirmation, "choice", "WITHDRAW");
        ProcessInstance change = phoneChange();
        journey.submit(change, "UserTask_ConfirmUnbinding", "choice", "CONFIRM");
        journey.execute(journey.job(change, "ServiceTask_NotifyBothNumbers"));
        String old = journey.notMe(PHONE).substring(ContestLinks.PATH.length());
        clock.forward(Duration.ofMinutes(2));
        ProcessInstance closing = journey.verified(HOLDER, NEW_PHONE);
        Task last = journey.task(closing, "UserTask_ConfirmDeregistration");
        journey.read(last);

        List<Throwable> thrown = Race.run(List.<Callable<?>>of(
                () -> contests.contest(old).orElseThrow(), () -> journey.submitUnread(last, "choice", "CONFIRM")));

        assertThat(thrown.get(0)).isNull();
        boolean closed = accounts.find(HOLDER).orElseThrow().status() == AccountStatus.CLOSING;
        assertThat(journey.running(closing)).isEqualTo(closed);
        assertThat(contests.restriction(HOLDER).isPresent()).isNotEqualTo(closed);
        assertThat(number("select count(*) from unbound_phone")).isEqualTo(closed ? 0 : 1);
        assertThat(number("select count(*) from contest")).isOne();
    }

    private ProcessInstance phoneChange() {
        ProcessInstance change = journey.start("phone-unbinding", HOLDER);
        journey.submit(change, "UserTask_ReadUnbindingNotice", "choice", "CONTINUE", "channel", "EMAIL");
        journey.verify(change, "demo-10001@example.com");
        journey.submit(change, "UserTask_EnterNewPhone", "choice", "CONTINUE", "newPhone", NEW_PHONE);
        journey.verify(change, NEW_PHONE);
        return change;
    }

    /** Either all of the one or all of the other. */
    private void assertConsistent(Contest contest) {
        boolean stopped = contest.effect() == Effect.STOPS;
        assertThat(accounts.find(HOLDER).orElseThrow().status())
                .isEqualTo(stopped ? AccountStatus.ACTIVE : AccountStatus.CLOSING);
        assertThat(journey.running(request)).isNotEqualTo(stopped);
        assertThat(contests.restriction(HOLDER).isPresent()).isEqualTo(stopped);
        assertThat(number("select count(*) from holder_request where committed_at is not null"))
                .isEqualTo(stopped ? 0 : 1);
        assertThat(number("select count(*) from vault")).isEqualTo(stopped ? 0 : 1);
        assertThat(number("select count(*) from contest")).isOne();
        assertThat(journey.noJobFailed()).isTrue();
    }

    private static void assertWaits(CompletableFuture<?> something) throws Exception {
        try {
            something.get(300, TimeUnit.MILLISECONDS);
            throw new AssertionError("it did not wait");
        } catch (TimeoutException e) {
            assertThat(something).isNotDone();
        }
    }

    private long number(String sql) {
        return jdbc.sql(sql).query(Long.class).single();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
