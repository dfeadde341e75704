package org.accountsecurity.obligation;

import static org.accountsecurity.testing.PathAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.accountsecurity.testing.Crash;
import org.accountsecurity.testing.FreshDemoShop;
import org.accountsecurity.testing.JourneyTest;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** What a diagram leaves out is late, and never missing. */
class ObligationSweepTest extends JourneyTest {

    private static final String HOLDER = "acct-10001";
    private static final String PHONE = "13800138001";
    private static final String MAIL = "demo-10001@example.com";
    private static final String NEW_PHONE = "13900139001";

    /** Of the writes of a whole sweep, which are many of few kinds. */
    private static final int EVERY = 5;

    private static final List<String> AFTER_THE_COMMIT = List.of(
            "notifyClosingDelegate",
            "eraseDataSetDelegate",
            "verifyAbsenceDelegate",
            "issueReceiptDelegate",
            "notifyHolderDelegate",
            "revokeLoginDelegate");

    @Autowired
    ObligationSweep sweep;

    @Autowired
    RuntimeService runtime;

    @Autowired
    MeterRegistry meters;

    @Autowired
    ApplicationContext context;

    @Autowired
    ProcessEngineConfigurationImpl engine;

    private Unguarded unguarded;

    @BeforeEach
    void withoutTheGuard() {
        unguarded = new Unguarded(engine, journey);
    }

    static Stream<List<String>> leftOut() {
        return Stream.of(
                        AFTER_THE_COMMIT.stream().map(List::of),
                        Stream.of(
                                List.of("eraseDataSetDelegate", "verifyAbsenceDelegate"),
                                List.of("issueReceiptDelegate", "notifyHolderDelegate"),
                                AFTER_THE_COMMIT))
                .flatMap(each -> each);
    }

    @ParameterizedTest
    @MethodSource("leftOut")
    @DisplayName("whatever of the erasure a diagram leaves out, the account is erased, told and closed in the end")
    void whateverOfTheErasureIsLeftOut(List<String> delegates) {
        unguarded.deployWithout(delegates);
        ProcessInstance process = journey.confirmed(HOLDER, PHONE);
        tryEverything(process);

        clock.forward(Duration.ofHours(2).plusMinutes(1));
        sweepAll();
        clock.forward(Duration.ofMinutes(11));
        sweepAll();

        assertClosed();
        clock.forward(Duration.ofDays(1));
        sweepAll();
        assertThat(process).isEnded();
        assertThat(owed()).isEmpty();
    }

    @Test
    @DisplayName("as long as the diagram has its time, nothing is done in its place")
    void theDiagramComesFirst() {
        journey.confirmed(HOLDER, PHONE);

        clock.forward(Duration.ofMinutes(29));
        sweepAll();

        assertThat(rows.number("select count(*) from erasure where outcome is not null"))
                .isZero();
        assertThat(messages("%账户%注销%")).isEmpty();
    }

    @Test
    @DisplayName("of what the shipped diagram has done nothing is done again")
    void whatIsDoneIsDoneOnce() {
        ProcessInstance process = journey.confirmed(HOLDER, PHONE);
        journey.tellRequested(process);
        journey.runWaiting(process);
        journey.submit(process, "UserTask_AcknowledgeResult");
        List<String> told = messages("%");

        for (int hour = 0; hour < 60 * 24; hour += 12) {
            clock.forward(Duration.ofHours(12));
            sweepAll();
        }

        assertThat(messages("%")).isEqualTo(told);
        assertThat(owed()).isEmpty();
        assertThat(rows.text("select outcome from holder_request")).isEqualTo("EndEvent_AccountDeregistered");
    }

    @Test
    @DisplayName("what no job does any more, for a data set that was away for days, the sweep does when it is back")
    void aDataSetThatIsAwayForDays() {
        ProcessInstance process = journey.confirmed(HOLDER, PHONE);
        journey.whileFavouritesStay(HOLDER, () -> {
            tryEverything(process);
            for (int hour = 0; hour < 72; hour++) {
                clock.forward(Duration.ofHours(1));
                sweepAll();
            }
            assertThat(status()).isEqualTo("CLOSING");
            assertThat(rows.number("select count(*) from receipt where jws is not null"))
                    .isZero();
            assertThat(messages("%账户已注销%")).isEmpty();
        });

        clock.forward(Duration.ofHours(6));
        sweepAll();
        clock.forward(Duration.ofMinutes(11));
        sweepAll();

        assertClosed();
    }

    @Test
    @DisplayName("a request that nobody is told of by its diagram is told by the sweep, once")
    void aRequestThatNobodyIsToldOf() {
        unguarded.deployWithout(List.of("notifyRequestedDelegate"));
        ProcessInstance process = journey.start("account-deregistration", HOLDER);
        journey.tellRequested(process);
        assertThat(messages("%刚刚申请了注销%")).isEmpty();

        clock.forward(Duration.ofMinutes(31));
        sweepAll();
        clock.forward(Duration.ofHours(6));
        sweepAll();

        assertThat(messages("%刚刚申请了注销%")).containsExactlyInAnyOrder(PHONE, MAIL);
    }

    @Test
    @DisplayName("both numbers are told of a change, though its diagram ends without it")
    void aChangeThatNobodyIsToldOf() {
        unguarded.deployWithout(List.of("notifyBothNumbersDelegate"));
        ProcessInstance process = journey.changed(HOLDER, "SMS", PHONE, NEW_PHONE);
        journey.submit(process, "UserTask_AcknowledgeUnbinding");
        assertThat(process).isEnded();
        assertThat(messages("%手机号%")).isEmpty();

        clock.forward(Duration.ofMinutes(31));
        sweepAll();

        assertThat(messages("%手机号，%")).containsExactlyInAnyOrder(PHONE, MAIL);
        assertThat(messages("%已绑定您的账户%")).containsExactly(NEW_PHONE);
        assertThat(rows.count("phone_change")).isZero();
    }

    @Test
    @DisplayName("a process that hangs after the last obligation is ended with its request")
    void aProcessThatHangs() {
        ProcessInstance process = journey.changed(HOLDER, "SMS", PHONE, NEW_PHONE);
        assertThat(process).isWaitingAt("UserTask_AcknowledgeUnbinding");

        clock.forward(Duration.ofDays(1).plusMinutes(1));
        sweepAll();

        assertThat(process).isEnded();
        assertThat(outcome()).isEqualTo("COMPLETED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"account-deregistration", "phone-unbinding"})
    @DisplayName("a request that its diagram keeps beyond its last day lapses, and the account can be used")
    void aRequestBeyondItsLastDay(String key) {
        ProcessInstance process = journey.start(key, HOLDER);

        clock.forward(Duration.ofDays(6));
        sweepAll();
        assertThat(outcome()).isNull();
        clock.forward(Duration.ofDays(40));
        sweepAll();

        assertThat(process).isEnded();
        assertThat(outcome()).isEqualTo("LAPSED");
        assertThat(status()).isEqualTo("ACTIVE");
        journey.start(key, HOLDER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"account-deregistration", "phone-unbinding"})
    @DisplayName("a request whose process instance is gone lapses with the next check")
    void aRequestWhoseProcessIsGone(String key) {
        ProcessInstance process = journey.start(key, HOLDER);
        runtime.deleteProcessInstance(process.getId(), "without its listeners", true);
        assertThat(outcome()).isNull();

        sweep.check();
        sweepAll();

        assertThat(outcome()).isEqualTo("LAPSED");
    }

    @Test
    @DisplayName("an account that is closing and has lost process, request and obligations is closed all the same")
    void anAccountThatHasLostEverything() {
        ProcessInstance process = journey.confirmed(HOLDER, PHONE);
        journey.letGo();
        runtime.deleteProcessInstance(process.getId(), "as a restore would", true);
        for (String table : List.of("obligation", "erasure", "receipt", "vault", "holder_request")) {
            rows.update("delete from " + table);
        }

        sweep.check();
        sweep.check();
        clock.forward(Duration.ofHours(2).plusMinutes(1));
        sweepAll();
        clock.forward(Duration.ofMinutes(11));
        sweepAll();

        assertClosed();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "delete from obligation where kind = 'ERASE' and subject = 'orders'",
                "delete from obligation where kind = 'SIGN_RECEIPT'",
                "delete from obligation where kind = 'END_LOGINS'",
                "delete from erasure"
            })
    @DisplayName(
            "an account that is closing and has lost one obligation or its plan gets them back, and is counted once")
    void anAccountThatHasLostOne(String loss) {
        double before = stranded();
        journey.confirmed(HOLDER, PHONE);
        sweep.check();
        assertThat(stranded()).isEqualTo(before);
        rows.update(loss);

        sweep.check();
        sweep.check();

        assertThat(stranded()).isEqualTo(before + 1);
        clock.forward(Duration.ofHours(2).plusMinutes(1));
        sweepAll();
        clock.forward(Duration.ofMinutes(11));
        sweepAll();
        assertClosed();
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("a crash at any write of the sweep is made good by the next one")
    void aCrashAtAnyWriteOfTheSweep(Crash.Moment moment) {
        boolean happened = true;
        for (int point = 0; happened; point += EVERY) {
            FreshDemoShop.reset(context);
            Crash crash = new Crash(point, moment);
            journey.confirmed(HOLDER, PHONE);
            clock.forward(Duration.ofHours(2).plusMinutes(1));
            for (int step = 0; !status().equals("CLOSED"); step++) {
                assertThat(step).as(crash.toString()).isLessThan(100);
                boolean[] more = {false};
                if (crash.survives(() -> more[0] = sweep.doNext()) && !more[0]) {
                    clock.forward(Duration.ofMinutes(11));
                }
            }
            assertClosed();
            happened = crash.happened();
        }
    }

    private double stranded() {
        return meters.counter("account.security.accounts.stranded").count();
    }

    @Test
    @DisplayName("open and committed requests that have lost their obligations get them again")
    void requestsThatHaveLostTheirObligations() {
        ProcessInstance closing = journey.confirmed(HOLDER, PHONE);
        ProcessInstance open = journey.start("account-deregistration", "acct-10004");
        rows.update("delete from obligation");

        sweep.check();
        assertThat(owed().values()).allMatch(count -> count > 0);
        assertThat(owed()).containsEntry("ERASE", 7L).containsEntry("END_REQUEST", 2L);
        assertThat(open).isWaitingAt("UserTask_ReadNotice");
        clock.forward(Duration.ofHours(2).plusMinutes(1));
        sweepAll();
        clock.forward(Duration.ofMinutes(11));
        sweepAll();

        assertClosed();
        assertThat(closing).isNotEnded();
        assertThat(messages("%刚刚申请了注销%")).hasSize(2);
    }

    @Test
    @DisplayName("nothing of an account that closes is closed for good without its signed receipt")
    void nothingIsClosedWithoutAReceipt() {
        unguarded.deployWithout(List.of("issueReceiptDelegate", "notifyHolderDelegate"));
        ProcessInstance process = journey.confirmed(HOLDER, PHONE);
        tryEverything(process);
        assumeThat(journey.waitsAt(process, "UserTask_AcknowledgeResult")).isTrue();

        journey.submit(process, "UserTask_AcknowledgeResult");

        assertThat(process).isEnded();
        assertThat(status()).isEqualTo("CLOSING");
    }

    /** As the job executor does, until nothing more succeeds. */
    private void tryEverything(ProcessInstance process) {
        boolean more = true;
        while (more) {
            more = false;
            for (String activity : List.of(
                    "StartEvent_TellingClosing",
                    "SendTask_TellClosing",
                    "ServiceTask_Erase",
                    "ServiceTask_VerifyAbsence",
                    "ServiceTask_IssueReceipt",
                    "ServiceTask_NotifyHolder")) {
                for (Job job : journey.jobs(process, activity)) {
                    more |= journey.succeeds(job);
                }
            }
        }
    }

    private void sweepAll() {
        for (int done = 0; sweep.doNext(); done++) {
            assertThat(done).as("obligations done").isLessThan(100);
        }
    }

    private void assertClosed() {
        assertThat(status()).isEqualTo("CLOSED");
        assertThat(rows.number("select count(*) from receipt where jws is not null"))
                .isOne();
        assertThat(rows.number("select count(*) from erasure where verified_at is not null"))
                .isEqualTo(7);
        assertThat(messages("%账户已注销%")).containsExactlyInAnyOrder(PHONE, MAIL);
        assertThat(messages("%正在清除个人数据%")).doesNotHaveDuplicates();
        for (String table : List.of("favourite", "address", "wallet", "shop_order")) {
            assertThat(rows.number("select count(*) from " + table + " where account_id = ?", HOLDER))
                    .as(table)
                    .isZero();
        }
        assertThat(rows.count("vault")).isZero();
    }

    private List<String> messages(String like) {
        return rows.texts(
                "select recipient from inbox_message where text like ? and text not like '%验证码 %' order by id", like);
    }

    private Map<String, Long> owed() {
        Map<String, Long> owed = new java.util.TreeMap<>();
        jdbc.sql("select kind, count(*) from obligation where done_at is null group by kind")
                .query(row -> {
                    owed.put(row.getString(1), row.getLong(2));
                });
        return owed;
    }

    private String status() {
        return rows.text("select status from account where id = ?", HOLDER);
    }

    private String outcome() {
        return jdbc.sql("select outcome from holder_request order by opened_at limit 1")
                .query((row, number) -> row.getString(1) == null ? "" : row.getString(1))
                .optional()
                .filter(found -> !found.isEmpty())
                .orElse(null);
    }
}
