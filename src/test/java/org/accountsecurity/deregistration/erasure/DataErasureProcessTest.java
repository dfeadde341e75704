package org.accountsecurity.deregistration.erasure;

import static org.accountsecurity.testing.PathAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.accountsecurity.deregistration.receipt.Receipts;
import org.accountsecurity.obligation.Obligations;
import org.accountsecurity.request.HolderRequests;
import org.accountsecurity.shop.DataSet;
import org.accountsecurity.shop.DataSetCatalogue;
import org.accountsecurity.shop.DataSetFailedException;
import org.accountsecurity.shop.Erasure;
import org.accountsecurity.testing.CoversProcess;
import org.accountsecurity.testing.JourneyTest;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.util.ReflectionTestUtils;
import org.springframework.transaction.support.TransactionTemplate;

@CoversProcess("data-erasure")
class DataErasureProcessTest extends JourneyTest {

    private static final String HOLDER = "acct-10001";
    private static final String PHONE = "13800138001";
    private static final String MAIL = "demo-10001@example.com";

    private static final String ERASE = "ServiceTask_Erase";
    private static final String VERIFY = "ServiceTask_VerifyAbsence";
    private static final String STUCK = "StartEvent_DataSetStuck";
    private static final String HANDLE_STUCK = "UserTask_HandleStuckErasure";
    private static final String VIEW_PROGRESS = "UserTask_ViewProgress";
    private static final String NOTIFY_HOLDER = "ServiceTask_NotifyHolder";
    private static final String ACKNOWLEDGE = "UserTask_AcknowledgeResult";

    @Autowired
    HolderRequests requests;

    @Autowired
    ErasurePlan plan;

    @Autowired
    DataSetCatalogue catalogue;

    @Autowired
    ManagementService management;

    @Autowired
    Receipts receipts;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    Obligations obligations;

    @Test
    @DisplayName("every data set has a job of its own, is erased and verified")
    void everyDataSetIsErasedAndVerified() {
        ProcessInstance request = committed();
        assertThat(journey.jobs(request, ERASE)).hasSize(7);

        journey.jobs(request, ERASE).forEach(journey::execute);
        assertThat(rows.number("select count(*) from erasure where verified_at is not null"))
                .isZero();
        journey.jobs(request, VERIFY).forEach(journey::execute);

        assertThat(outcomes())
                .containsEntry("orders", "RETAINED")
                .containsEntry("favourites", "ERASED")
                .containsEntry("addresses", "ERASED")
                .containsEntry("profile", "ERASED")
                .containsEntry("subscriptions", "NOTHING_HELD")
                .hasSize(7);
        assertThat(rows.number("select count(*) from erasure where verified_at is null"))
                .isZero();
        for (String table : List.of("shop_order", "favourite", "address", "wallet", "subscription", "linked_login")) {
            assertThat(rows.number("select count(*) from " + table + " where account_id = '" + HOLDER + "'"))
                    .as(table)
                    .isZero();
        }
        assertThat(rows.number("select count(*) from account where id = '" + HOLDER
                        + "' and (phone is not null or mail is not null or nickname is not null"
                        + " or password_hash is not null)"))
                .isZero();
    }

    @Test
    @DisplayName("that the account is closing is told at once, to where it was bound, and holds nothing up")
    void thatTheAccountIsClosingIsTold() {
        ProcessInstance request = committed();
        assertThat(journey.job(request, "StartEvent_TellingClosing").getDuedate())
                .isEqualTo(Date.from(clock.instant()));
        journey.execute(journey.job(request, "StartEvent_TellingClosing"));
        journey.jobs(request, ERASE).forEach(journey::execute);

        journey.execute(journey.job(request, "SendTask_TellClosing"));

        assertThat(told()).containsExactlyInAnyOrder("13800138001", "demo-10001@example.com");
        assertThat(journey.jobs(request, VERIFY)).hasSize(7);
    }

    @Test
    @DisplayName("where the erasure was faster, the last notice has the same link")
    void whereTheErasureWasFasterTheLastNoticeHasTheLink() {
        ProcessInstance request = committed();
        Job telling = journey.job(request, "StartEvent_TellingClosing");

        journey.erase(request);

        assertThat(journey.pending(telling)).isFalse();
        assertThat(told()).containsExactlyInAnyOrder("13800138001", "demo-10001@example.com");
    }

    private List<String> told() {
        return rows.texts("select recipient from inbox_message where text like '%不是我操作%'");
    }

    @Test
    @DisplayName("transaction records are kept for three years from completion, with nothing that leads to a person")
    void transactionRecordsAreKeptForThreeYears() {
        ProcessInstance request = committed();

        journey.erase(request);

        assertThat(rows.count("retained_transaction")).isEqualTo(3);
        assertThat(jdbc.sql("select completed_on, retained_until from retained_transaction")
                        .query((row, index) -> row.getDate(1)
                                .toLocalDate()
                                .plusYears(3)
                                .equals(row.getDate(2).toLocalDate()))
                        .list())
                .containsOnly(true);
    }

    @Test
    @DisplayName("the former holder is told at every address there was, and then the addresses are gone")
    void theFormerHolderIsTold() {
        ProcessInstance request = committed();

        journey.erase(request);

        String requestId = rows.text("select id from holder_request");
        assertThat(rows.texts(
                        "select recipient from inbox_message where text like ?",
                        "%账户已注销%" + receipts.number(requestId) + "%" + receipts.secret(requestId) + "%"))
                .containsExactlyInAnyOrder(PHONE, MAIL);
        assertThat(rows.count("vault")).isZero();
        assertThat(journey.waitsAt(request, ACKNOWLEDGE)).isTrue();
    }

    @Test
    @DisplayName("success waits for the last data set")
    void successWaitsForTheLastDataSet() {
        ProcessInstance request = committed();
        List<Job> jobs = journey.jobs(request, ERASE);

        jobs.subList(1, jobs.size()).forEach(journey::execute);
        journey.jobs(request, VERIFY).forEach(journey::execute);

        assertThat(journey.jobs(request, NOTIFY_HOLDER)).isEmpty();
        assertThat(journey.waitsAt(request, ACKNOWLEDGE)).isFalse();
    }

    @Test
    @DisplayName("a data set that still holds something fails its job, and a retry completes it")
    void aDataSetThatStillHoldsSomethingFailsItsJob() {
        ProcessInstance request = committed();
        journey.whileFavouritesStay(HOLDER, () -> {
            List<Job> failed = journey.jobs(request, ERASE).stream()
                    .filter(job -> !journey.succeeds(job))
                    .toList();
            assertThat(failed).hasSize(1);
            assertThat(journey.waitsAt(request, ACKNOWLEDGE)).isFalse();
        });

        journey.erase(request);

        assertThat(outcomes()).containsEntry("favourites", "ERASED").hasSize(7);
        assertThat(journey.waitsAt(request, ACKNOWLEDGE)).isTrue();
    }

    @Test
    @DisplayName("a record that is written between the erasure and its verification is erased too")
    void aRecordThatIsWrittenLateIsErasedToo() {
        ProcessInstance request = committed();
        journey.jobs(request, ERASE).forEach(journey::execute);
        rows.update("insert into favourite (id, account_id, title) values ('late', ?, '雨伞')", HOLDER);

        journey.erase(request);

        assertThat(outcomes()).containsEntry("favourites", "ERASED");
        assertThat(rows.number("select count(*) from favourite where account_id = '" + HOLDER + "'"))
                .isZero();
        assertThat(journey.waitsAt(request, ACKNOWLEDGE)).isTrue();
    }

    @Test
    @DisplayName("a data set that says done and did nothing is found out")
    void aDataSetThatDidNothingIsFoundOut() {
        OneDataSet liar = new OneDataSet("favourites");
        liar.held = 2;
        committed();
        String requestId = rows.text("select id from holder_request");
        DataErasure erasure = new DataErasure(requests, liar.catalogue(), plan, obligations, jdbc, event -> {}, clock);

        erasure.erase(requestId, "favourites");

        assertThatThrownBy(() -> erasure.verify(requestId, "favourites")).isInstanceOf(IllegalStateException.class);
        assertThat(rows.number("select count(*) from erasure where verified_at is not null"))
                .isZero();
    }

    @Test
    @DisplayName("a large data set is erased in parts, each in a transaction of its own, and frozen as a whole")
    void aLargeDataSetIsErasedInParts() {
        rows.update(
                "insert into shop_order (id, account_id, title, amount_fen, status, placed_at, completed_at)"
                        + " with recursive bulk (x) as (select 1 union all select x + 1 from bulk where x < 12000)"
                        + " select 'bulk-' || x, ?, '批量订单', 100, 'COMPLETED', current_timestamp,"
                        + " timestamp with time zone '2026-11-20 00:00:00+00' from bulk",
                HOLDER);
        ProcessInstance request = committed();

        int parts = 0;
        for (List<Job> jobs = orders(request); !jobs.isEmpty(); jobs = orders(request)) {
            jobs.forEach(journey::execute);
            parts++;
        }

        assertThat(parts).isEqualTo(3);
        assertThat(rows.count("retained_transaction")).isEqualTo(12_003);
        assertThat(jdbc.sql("select retained_until from erasure where data_set = 'orders'")
                        .query((row, index) -> row.getDate(1).toString())
                        .single())
                .isEqualTo("2029-11-20");
        journey.erase(request);
        assertThat(outcomes()).containsEntry("orders", "RETAINED");
    }

    @Test
    @DisplayName(
            "a data set that is stuck becomes a task for support, while the others finish and the holder sees how far it is")
    void aDataSetThatIsStuckBecomesATask() {
        ProcessInstance request = committed();
        journey.whileFavouritesStay(HOLDER, () -> {
            journey.jobs(request, ERASE).forEach(journey::succeeds);
            journey.jobs(request, VERIFY).forEach(journey::execute);
            journey.execute(journey.job(request, "StartEvent_ProgressDue"));
            List<Job> stuck = journey.jobs(request, STUCK);
            assertThat(stuck).hasSize(1);
            assertThat(stuck.get(0).getDuedate())
                    .isEqualTo(Date.from(clock.instant().plus(Duration.ofHours(2))));

            journey.execute(stuck.get(0));

            Task task = journey.task(request, HANDLE_STUCK);
            assertThat(journey.candidates(task)).containsExactly("support");
            assertThat(journey.shownTo("support", task))
                    .containsEntry("stuckDataSet", "收藏")
                    .containsEntry("progress", "6/7 类数据，1 类暂未成功，客服正在处理")
                    .containsEntry(
                            "failure",
                            "IllegalStateException: the data set favourites was not erased:"
                                    + " DataIntegrityViolationException")
                    .doesNotContainKey("subject");
            assertThat(journey.shown(request, VIEW_PROGRESS, "progress")).isEqualTo("6/7 类数据，1 类暂未成功，客服正在处理");
            assertThat(journey.shown(request, VIEW_PROGRESS, "finishBy")).isEqualTo("2026 年 12 月 14 日");
            assertThat(rows.number("select count(*) from erasure where failed_since is not null"))
                    .isOne();
            assertThat(journey.waitsAt(request, ACKNOWLEDGE)).isFalse();
        });

        journey.submitAs("support", journey.task(request, HANDLE_STUCK));
        assertThat(journey.job(request, ERASE).getRetries()).isEqualTo(5);
        journey.erase(request);

        assertThat(journey.waitsAt(request, HANDLE_STUCK)).isFalse();
        assertThat(journey.waitsAt(request, ACKNOWLEDGE)).isTrue();
        assertThat(rows.number("select count(*) from erasure where failed_since is not null"))
                .isZero();
    }

    @Test
    @DisplayName("what support does not handle within a day is tried again, and asked for again two hours later")
    void whatSupportDoesNotHandleIsTriedAgain() {
        ProcessInstance request = committed();
        journey.execute(journey.jobs(request, STUCK).get(0));
        Job unhandled = journey.job(request, "BoundaryEvent_StuckUnhandled");
        assertThat(unhandled.getDuedate()).isEqualTo(Date.from(clock.instant().plus(Duration.ofHours(24))));

        journey.execute(unhandled);
        Job again = journey.job(request, "IntermediateCatchEvent_StillStuck");
        assertThat(again.getDuedate()).isEqualTo(Date.from(clock.instant().plus(Duration.ofHours(2))));
        journey.execute(again);

        Job handled = journey.job(request, "BoundaryEvent_StuckUnhandled");
        journey.submitAs("support", journey.task(request, HANDLE_STUCK));
        assertThat(journey.pending(handled)).isFalse();
        Job waiting = journey.job(request, "IntermediateCatchEvent_StillStuck");
        journey.erase(request);
        assertThat(journey.pending(waiting)).isFalse();
        assertThat(journey.waitsAt(request, ACKNOWLEDGE)).isTrue();
    }

    @Test
    @DisplayName("the timers of a stuck data set and of the progress are gone once all is erased")
    void theTimersAreGoneOnceAllIsErased() {
        ProcessInstance request = committed();
        List<Job> timers = new ArrayList<>(journey.jobs(request, STUCK));
        assertThat(timers).hasSize(7);
        timers.add(journey.job(request, "StartEvent_ProgressDue"));

        journey.erase(request);

        assertThat(timers).noneMatch(journey::pending);
    }

    @Test
    @DisplayName("the holder is shown the progress after a minute, and the task goes away by itself after a day")
    void theHolderIsShownTheProgress() {
        ProcessInstance request = committed();
        Job due = journey.job(request, "StartEvent_ProgressDue");
        assertThat(due.getDuedate()).isEqualTo(Date.from(clock.instant().plus(Duration.ofMinutes(1))));
        journey.execute(due);
        assertThat(journey.shown(request, VIEW_PROGRESS, "progress")).isEqualTo("0/7 类数据");
        assertThat((String) journey.shown(request, VIEW_PROGRESS, "receiptNumber"))
                .startsWith("ZX-");
        Job seen = journey.job(request, "BoundaryEvent_ProgressSeen");
        assertThat(seen.getDuedate()).isEqualTo(Date.from(clock.instant().plus(Duration.ofHours(24))));

        journey.execute(seen);

        assertThat(journey.waitsAt(request, VIEW_PROGRESS)).isFalse();
        journey.erase(request);
        assertThat(journey.waitsAt(request, ACKNOWLEDGE)).isTrue();
    }

    @Test
    @DisplayName("a holder who has seen the progress is not shown it again, and its timer is gone")
    void aHolderWhoHasSeenTheProgress() {
        ProcessInstance request = committed();
        journey.execute(journey.job(request, "StartEvent_ProgressDue"));
        Job seen = journey.job(request, "BoundaryEvent_ProgressSeen");

        journey.submit(request, VIEW_PROGRESS);

        assertThat(journey.pending(seen)).isFalse();
        assertThat(journey.waitsAt(request, VIEW_PROGRESS)).isFalse();
    }

    @Test
    @DisplayName("a data set that is no longer there is no reason to call the account erased")
    void aDataSetThatIsNoLongerThere() {
        ProcessInstance request = committed();
        String requestId = rows.text("select id from holder_request");
        DataErasure erasure = new DataErasure(
                requests,
                new DataSetCatalogue(List.of(new OneDataSet("orders"))),
                plan,
                obligations,
                jdbc,
                event -> {},
                clock);

        assertThatThrownBy(() -> erasure.erase(requestId, "favourites")).hasMessage("there is no data set favourites");
        assertThat(journey.waitsAt(request, ACKNOWLEDGE)).isFalse();
    }

    @Test
    @DisplayName("support is told what a data set of the shop says of its failure")
    void supportIsToldWhatADataSetSays() {
        committed();
        String requestId = rows.text("select id from holder_request");
        DataSet broken = mock();
        when(broken.name()).thenReturn("favourites");
        when(broken.erase(any(), any(), any())).thenThrow(new DataSetFailedException("favourites", "answered 503"));
        DataErasure erasure = new DataErasure(
                requests, new DataSetCatalogue(List.of(broken)), plan, obligations, jdbc, event -> {}, clock);

        assertThatThrownBy(() -> erasure.erase(requestId, "favourites"))
                .isInstanceOf(DataSetFailedException.class)
                .hasMessage("data set favourites: answered 503");
    }

    @Test
    @DisplayName("20: what the shop has erased and the engine does not know of is asked for again, and done once")
    void situation20ACrashBetweenTheShopAndTheEngine() {
        committed();
        String request = rows.text("select id from holder_request");
        RememberingDataSet shop = new RememberingDataSet("favourites");
        DataErasure erasure = new DataErasure(requests, shop.catalogue(), plan, obligations, jdbc, event -> {}, clock);

        transaction.executeWithoutResult(crash -> {
            erasure.erase(request, "favourites");
            crash.setRollbackOnly();
        });
        assertThat(outcomes().get("favourites")).isNull();
        erasure.erase(request, "favourites");
        erasure.verify(request, "favourites");

        assertThat(outcomes().get("favourites")).isEqualTo("ERASED");
        assertThat(shop.erased()).isEqualTo(2);
    }

    @Test
    @DisplayName(
            "a data set that is not done is asked again after a pause that grows with the time it takes, or when it says")
    void aDataSetThatIsNotDoneIsAskedAgainLater() {
        committed();
        String request = rows.text("select id from holder_request");
        DataSet slow = mock();
        when(slow.name()).thenReturn("favourites");
        DataErasure erasure = new DataErasure(
                requests, new DataSetCatalogue(List.of(slow)), plan, obligations, jdbc, event -> {}, clock);

        when(slow.erase(any(), any(), any())).thenReturn(incomplete(1));
        assertThat(pause(erasure, request)).isEqualTo(Duration.ofSeconds(1));
        clock.forward(Duration.ofSeconds(80));
        assertThat(pause(erasure, request)).isEqualTo(Duration.ofSeconds(10));
        clock.forward(Duration.ofHours(8));
        assertThat(pause(erasure, request)).isEqualTo(Duration.ofMinutes(1));

        when(slow.erase(any(), any(), any())).thenReturn(incomplete(300));
        assertThat(pause(erasure, request)).isEqualTo(Duration.ofMinutes(5));
        when(slow.erase(any(), any(), any()))
                .thenThrow(new DataSetFailedException("favourites", "answered 429", Duration.ofMinutes(2)))
                .thenThrow(new DataSetFailedException("favourites", "answered 503", Duration.ofSeconds(1)));
        assertThat(pause(erasure, request)).isEqualTo(Duration.ofMinutes(2));
        assertThat(pause(erasure, request)).isEqualTo(Duration.ofMinutes(1));
        assertThat(outcomes()).containsEntry("favourites", "ERASED");
    }

    @Test
    @DisplayName("until a data set wants to be asked again its job waits, on no thread and with all its retries")
    void untilADataSetWantsToBeAskedItsJobWaits() {
        ProcessInstance request = committed();
        Job first = favourites(request, ERASE);
        DataSet slow = mock();
        when(slow.erase(any(), any(), any()))
                .thenThrow(new DataSetFailedException("favourites", "answered 429", Duration.ofMinutes(2)))
                .thenReturn(incomplete(300))
                .thenReturn(new Erasure(Erasure.Outcome.ERASED, null, true));
        Map<String, DataSet> dataSets = byName();
        DataSet real = dataSets.put("favourites", slow);
        try {
            for (Duration pause : List.of(Duration.ofMinutes(2), Duration.ofMinutes(5))) {
                journey.execute(favourites(request, ERASE));
                Job next = favourites(request, ERASE);
                assertThat(next.getDuedate())
                        .isEqualTo(Date.from(clock.instant().plus(pause)));
                assertThat(next.getRetries()).isEqualTo(first.getRetries());
                assertThat(executable(next)).isFalse();
                clock.forward(pause);
                assertThat(executable(next)).isTrue();
            }
            journey.execute(favourites(request, ERASE));
        } finally {
            dataSets.put("favourites", real);
        }

        assertThat(favourites(request, VERIFY).getDuedate()).isEqualTo(Date.from(clock.instant()));
        assertThat(journey.noJobFailed()).isTrue();
    }

    private boolean executable(Job job) {
        return management.createJobQuery().jobId(job.getId()).executable().count() == 1;
    }

    private Job favourites(ProcessInstance request, String step) {
        return journey.jobs(request, step).stream()
                .filter(job -> "favourites".equals(journey.variable(job, "dataSet")))
                .findFirst()
                .orElseThrow();
    }

    @SuppressWarnings("unchecked")
    private Map<String, DataSet> byName() {
        return (Map<String, DataSet>) ReflectionTestUtils.getField(catalogue, "byName");
    }

    private static Erasure incomplete(int seconds) {
        return new Erasure(Erasure.Outcome.ERASED, null, false, Duration.ofSeconds(seconds));
    }

    private Duration pause(DataErasure erasure, String request) {
        return Duration.between(
                clock.instant(), erasure.erase(request, "favourites").notBefore());
    }

    private List<Job> orders(ProcessInstance request) {
        return journey.jobs(request, ERASE).stream()
                .filter(job -> "orders".equals(journey.variable(job, "dataSet")))
                .toList();
    }

    private ProcessInstance committed() {
        return journey.confirmed(HOLDER, PHONE);
    }

    private Map<String, String> outcomes() {
        return jdbc
                .sql("select data_set, outcome from erasure where outcome is not null")
                .query((row, index) -> Map.entry(row.getString(1), row.getString(2)))
                .list()
                .stream()
                .collect(java.util.stream.Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
