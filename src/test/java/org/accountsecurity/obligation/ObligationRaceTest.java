package org.accountsecurity.obligation;

import static org.accountsecurity.testing.PathAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.accountsecurity.testing.JourneyTest;
import org.accountsecurity.testing.Race;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.springframework.beans.factory.annotation.Autowired;

/** The sweep, the diagram and the holder at once: each thing is done once, and the account is open or closed. */
class ObligationRaceTest extends JourneyTest {

    private static final String HOLDER = "acct-10001";
    private static final String PHONE = "13800138001";
    private static final String MAIL = "demo-10001@example.com";

    @Autowired
    Obligations obligations;

    @Autowired
    ObligationSweep sweep;

    @Autowired
    RequestEnding ending;

    @RepeatedTest(3)
    @DisplayName("two sweeps and the jobs of the process at once erase, sign and tell once, and the receipt is true")
    void sweepsAndJobsAtOnce() throws InterruptedException {
        ProcessInstance process = journey.confirmed(HOLDER, PHONE);
        clock.forward(Duration.ofHours(2).plusMinutes(1));

        List<Throwable> thrown = Race.run(List.<Callable<?>>of(this::sweepAll, this::sweepAll, () -> runJobs(process)));
        for (int pause = 0; pause < 20; pause++) {
            clock.forward(Duration.ofMinutes(11));
            runJobs(process);
            sweepAll();
        }

        assertThat(thrown).containsOnlyNulls();
        assertThat(status()).isEqualTo("CLOSED");
        assertThat(strings("select recipient from inbox_message where text like '%账户已注销%'"))
                .containsExactlyInAnyOrder(PHONE, MAIL);
        assertThat(strings("select data_set || ' ' || outcome from erasure where verified_at is not null"))
                .containsExactlyInAnyOrder(
                        "addresses ERASED",
                        "favourites ERASED",
                        "linked-logins NOTHING_HELD",
                        "orders RETAINED",
                        "profile ERASED",
                        "subscriptions NOTHING_HELD",
                        "wallet ERASED");
        assertThat(strings("select number from receipt where jws is not null")).hasSize(1);
    }

    @RepeatedTest(3)
    @DisplayName("nobody takes what another has taken, until its time is up")
    void nobodyTakesWhatAnotherHasTaken() throws InterruptedException {
        journey.confirmed(HOLDER, PHONE);
        clock.forward(Duration.ofHours(2).plusMinutes(1));
        Queue<String> taken = new ConcurrentLinkedQueue<>();

        Race.run(4, () -> {
            for (Optional<Obligations.Taken> one = obligations.take(); one.isPresent(); one = obligations.take()) {
                taken.add(one.get().kind() + " " + one.get().subject());
            }
            return null;
        });

        assertThat(taken).doesNotHaveDuplicates().hasSize(1 + 1 + 7);
        assertThat(taken).noneMatch(kind -> kind.startsWith("SIGN_RECEIPT") || kind.startsWith("END_LOGINS"));
        clock.forward(Obligations.LEASE.minusSeconds(1));
        assertThat(obligations.take()).isEmpty();
        clock.forward(Duration.ofSeconds(2));
        assertThat(obligations.take()).isPresent();
    }

    @RepeatedTest(5)
    @DisplayName("of a confirmation and a withdrawal at once one counts, wholly")
    void aConfirmationAndAWithdrawalAtOnce() throws InterruptedException {
        ProcessInstance process = journey.verified(HOLDER, PHONE);
        Task confirm = journey.task(process, "UserTask_ConfirmDeregistration");
        String request = strings("select id from holder_request").get(0);
        List<RequestEnding.Withdrawal> withdrawals = new ArrayList<>();

        List<Throwable> thrown = Race.run(List.<Callable<?>>of(
                () -> journey.submit(confirm, "choice", "CONFIRM"),
                () -> withdrawals.add(ending.withdraw(request, HOLDER))));

        assertThat(thrown.get(1)).isNull();
        if (withdrawals.contains(RequestEnding.Withdrawal.WITHDRAWN)) {
            assertThat(thrown.get(0)).isNotNull();
            assertThat(status()).isEqualTo("ACTIVE");
            assertThat(process).isEnded();
            assertThat(strings("select outcome from holder_request")).containsExactly("WITHDRAWN");
            assertThat(strings("select data_set from erasure")).isEmpty();
            assertThat(strings("select id from verification where used_at is not null"))
                    .isEmpty();
        } else {
            assertThat(withdrawals).containsExactly(RequestEnding.Withdrawal.TOO_LATE);
            assertThat(thrown.get(0)).isNull();
            assertThat(status()).isEqualTo("CLOSING");
            journey.erase(process);
            assertThat(process).isWaitingAt("UserTask_AcknowledgeResult");
        }
    }

    private Object sweepAll() {
        for (int done = 0; sweep.doNext(); done++) {
            assertThat(done).isLessThan(100);
        }
        return null;
    }

    /** As the job executor does, which comes back to what has failed or lost a race. */
    private Object runJobs(ProcessInstance process) {
        for (String activity : List.of(
                "ServiceTask_Erase",
                "ServiceTask_VerifyAbsence",
                "ServiceTask_IssueReceipt",
                "ServiceTask_NotifyHolder")) {
            journey.jobs(process, activity).forEach(journey::succeeds);
        }
        return null;
    }

    private String status() {
        return strings("select status from account where id = '" + HOLDER + "'").get(0);
    }

    private List<String> strings(String sql) {
        return rows.texts(sql);
    }
}
