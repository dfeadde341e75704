package org.accountsecurity.watching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.accountsecurity.gateway.Channel;
import org.accountsecurity.gateway.MessageDelivered;
import org.accountsecurity.gateway.MessageSent;
import org.accountsecurity.testing.Journey;
import org.accountsecurity.testing.JourneyTest;
import org.accountsecurity.verification.CodeEvent;
import org.accountsecurity.verification.Purpose;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.support.TransactionTemplate;

/** What Prometheus is told. Counters go on from test to test, so tests look at what was added. */
class MetricsTest extends JourneyTest {

    private static final String HOLDER = "acct-10001";
    private static final String PHONE = "13800138001";
    private static final String DEREGISTRATION = "account-deregistration";
    private static final String ENTER_CODE = "UserTask_EnterCode";

    @Autowired
    PrometheusMeterRegistry registry;

    @Autowired
    ManagementService management;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    TransactionTemplate transaction;

    private Scrape before;

    @BeforeEach
    void look() {
        before = scrape();
    }

    @Test
    @DisplayName("requests are counted by process while they are open, and by their end with the time that they took")
    void requestsAreCounted() {
        journey.start(DEREGISTRATION, "acct-10003");
        ProcessInstance change = journey.start("phone-unbinding", "acct-10004");
        assertThat(scrape().value("requests_open", "process", DEREGISTRATION)).isEqualTo(1);
        assertThat(scrape().value("requests_open", "process", "phone-unbinding"))
                .isEqualTo(1);

        clock.forward(Duration.ofMinutes(30));
        journey.submit(change, "UserTask_ReadUnbindingNotice", "choice", "WITHDRAW");
        Scrape after = scrape();

        assertThat(after.value("requests_open", "process", "phone-unbinding")).isZero();
        assertThat(after.value(
                        "requests_ended_last_day", "outcome", "EndEvent_ChangeWithdrawn", "process", "phone-unbinding"))
                .isEqualTo(1);
        for (String statistic : List.of("median", "p95", "longest")) {
            assertThat(after.value(
                            "request_duration_last_day_seconds",
                            "outcome",
                            "EndEvent_ChangeWithdrawn",
                            "process",
                            "phone-unbinding",
                            "statistic",
                            statistic))
                    .as(statistic)
                    .isEqualTo(1800);
        }

        clock.forward(Duration.ofHours(25));
        assertThat(scrape().series().keySet()).noneMatch(name -> name.contains("ended_last_day{"));
    }

    @Test
    @DisplayName("a request is at risk from two working days before its last day, and late after it")
    void aRequestIsAtRisk() {
        journey.start(DEREGISTRATION, HOLDER);
        LocalDate last = jdbc.sql("select finish_by from holder_request")
                .query(LocalDate.class)
                .single();
        assertThat(last).isEqualTo(LocalDate.of(2026, 12, 14));

        assertDeadlines(LocalDate.of(2026, 12, 9), 0, 0);
        // a Thursday, with the Friday and the Monday to come
        assertDeadlines(LocalDate.of(2026, 12, 10), 1, 0);
        assertDeadlines(last, 1, 0);
        assertDeadlines(last.plusDays(1), 1, 1);
    }

    private void assertDeadlines(LocalDate day, int atRisk, int missed) {
        clock.set(day.atStartOfDay(clock.getZone()).toInstant());
        Scrape now = scrape();
        assertThat(now.value("deadlines_at_risk")).as("at risk on " + day).isEqualTo(atRisk);
        assertThat(now.value("deadlines_missed")).as("missed on " + day).isEqualTo(missed);
    }

    @Test
    @DisplayName("a last day that was counted without a calendar is told")
    void aLastDayWithoutACalendarIsTold() {
        journey.start(DEREGISTRATION, HOLDER);
        assertThat(scrape().value("deadlines_uncertain")).isZero();

        clock.set(LocalDate.of(2026, 12, 28).atStartOfDay(clock.getZone()).toInstant());
        journey.start(DEREGISTRATION, "acct-10003");

        assertThat(scrape().value("deadlines_uncertain")).isEqualTo(1);
    }

    @Test
    @DisplayName("a job is due from the moment it could run, and failed with an incident when it no longer tries")
    void aJobIsDueUntilItIsDone() {
        ProcessInstance request = journey.start(DEREGISTRATION, HOLDER);
        journey.submit(request, "UserTask_ReadNotice", "choice", "CONTINUE", "consent", true, "channel", "SMS");

        clock.forward(Duration.ofSeconds(90));
        Scrape waiting = scrape();
        assertThat(waiting.value("jobs_oldest_due_seconds")).isGreaterThanOrEqualTo(90);

        Job telling = journey.job(request, "StartEvent_TellingRequested");
        management.setJobRetries(telling.getId(), 0);
        Scrape failed = scrape();
        assertThat(failed.value("jobs_failed")).isEqualTo(1);
        assertThat(failed.value("incidents")).isEqualTo(1);
        assertThat(failed.value("jobs_due")).isEqualTo(waiting.value("jobs_due") - 1);

        management.setJobRetries(telling.getId(), 1);
        journey.execute(telling);
        assertThat(scrape().value("incidents")).isZero();
    }

    @Test
    @DisplayName("a code is due like a job from the moment it could be sent, and counted when it is not tried any more")
    void aCodeIsDueUntilItIsSent() {
        ProcessInstance request = journey.start("phone-unbinding", HOLDER);
        journey.submit(request, "UserTask_ReadUnbindingNotice", "choice", "CONTINUE", "channel", "SMS");
        clock.forward(Duration.ofSeconds(90));
        long due = management.createJobQuery().executable().count();
        assertThat(scrape().value("jobs_due")).isEqualTo(due + 1);
        assertThat(scrape().value("jobs_oldest_due_seconds")).isGreaterThanOrEqualTo(90);

        journey.whileNothingIsSent(() -> {
            for (int pause : List.of(10, 30, 60, 0)) {
                journey.deliverCodes();
                clock.forward(Duration.ofSeconds(pause));
            }
        });

        assertThat(scrape().value("jobs_due"))
                .isEqualTo(management.createJobQuery().executable().count());
        assertThat(added("codes_total", "outcome", "unsent", "purpose", "phone_unbinding"))
                .isEqualTo(1);
    }

    @Test
    @DisplayName("a data set that can't be erased is counted at each attempt, while it is stuck, and when it is done")
    void aDataSetThatCantBeErasedIsCounted() {
        ProcessInstance request = journey.confirmed(HOLDER, PHONE);
        journey.whileFavouritesStay(HOLDER, () -> {
            List<Job> failed = journey.jobs(request, "ServiceTask_Erase").stream()
                    .filter(job -> !journey.succeeds(job))
                    .toList();
            assertThat(failed).hasSize(1);
            journey.succeeds(failed.get(0));
            assertThat(erasures("failed")).as("failed and rolled back").isEqualTo(2);
            assertThat(scrape().value("erasures_stuck")).isZero();

            journey.jobs(request, "ServiceTask_VerifyAbsence").forEach(journey::execute);
            journey.execute(journey.job(request, "StartEvent_DataSetStuck"));
            assertThat(erasures("stuck")).isEqualTo(1);
            assertThat(scrape().value("erasures_stuck")).isEqualTo(1);
            journey.submitAs("support", journey.task(request, "UserTask_HandleStuckErasure"));
            assertThat(erasures("retried")).isEqualTo(1);
        });

        journey.erase(request);

        assertThat(erasures("verified")).isEqualTo(1);
        assertThat(scrape().value("erasures_stuck")).isZero();
    }

    @Test
    @DisplayName("what is owed for more than an hour counts by its kind, and not what waits for it")
    void whatIsOwedForLongCounts() {
        journey.confirmed(HOLDER, PHONE);
        assertThat(scrape().value("obligations_overdue", "kind", "erase")).isZero();
        clock.forward(Duration.ofHours(3).plusSeconds(1));

        Scrape late = scrape();

        assertThat(late.value("obligations_overdue", "kind", "erase")).isEqualTo(7);
        assertThat(late.value("obligations_overdue", "kind", "notify_closing")).isEqualTo(1);
        assertThat(late.value("obligations_overdue", "kind", "sign_receipt")).isZero();
        assertThat(late.value("obligations_overdue", "kind", "end_logins")).isZero();
    }

    @Test
    @DisplayName("a copy counts as failing from its fourth failure, whether or not somebody tries it now")
    void aCopyThatFailsAgainAndAgainIsCounted() {
        order("fresh", 0, false);
        order("third failure", 3, false);
        order("fourth attempt", 4, true);
        assertThat(scrape().value("copies_failing")).isZero();

        order("fourth failure", 4, false);
        order("fifth attempt", 5, true);
        assertThat(scrape().value("copies_failing")).isEqualTo(2);
    }

    private void order(String request, int attempts, boolean underWay) {
        rows.update(
                "insert into data_export_order (request_id, account_id, attempts, due_at, lease)"
                        + " values (?, 'acct-10003', ?, ?, ?)",
                request,
                attempts,
                Timestamp.from(clock.instant()),
                underWay ? "lease" : null);
    }

    @Test
    @DisplayName("a table that can't be read blinds the figures that come from it, and no others")
    void aTableThatCantBeReadBlindsItsFigures() {
        rows.update("alter table erasure rename to erasure_gone");
        try {
            Scrape blind = scrape();
            assertThat(blind.value("figures_age_seconds", "figure", "erasures"))
                    .isGreaterThan(blind.value("figures_age_seconds", "figure", "incidents"));

            journey.start(DEREGISTRATION, "acct-10003");
            assertThat(scrape().value("requests_open", "process", DEREGISTRATION))
                    .isEqualTo(1);
        } finally {
            rows.update("alter table erasure_gone rename to erasure");
        }
    }

    private double erasures(String outcome) {
        return added("erasures_total", "data_set", "favourites", "outcome", outcome);
    }

    @Test
    @DisplayName("a code is counted when it is issued, sent, wrong and accepted")
    void aCodeIsCounted() {
        ProcessInstance request = toTheCode();
        journey.submit(request, ENTER_CODE, "choice", "SUBMIT", "code", Journey.wrong(journey.code(PHONE)));
        journey.submit(request, ENTER_CODE, "choice", "SUBMIT", "code", journey.code(PHONE));

        for (String outcome : List.of("issued", "sent", "wrong", "accepted")) {
            assertThat(codes(outcome)).as(outcome).isEqualTo(1);
        }
        for (String outcome : List.of("refused", "late", "outdated", "paused")) {
            assertThat(codes(outcome)).as(outcome).isZero();
        }
    }

    @Test
    @DisplayName("another code too soon is refused, and an older one is outdated")
    void anotherCodeTooSoonIsRefused() {
        ProcessInstance request = toTheCode();
        String older = journey.code(PHONE);
        journey.submit(request, ENTER_CODE, "choice", "RESEND");
        assertThat(codes("refused")).isEqualTo(1);

        clock.forward(Duration.ofSeconds(61));
        journey.submit(request, ENTER_CODE, "choice", "RESEND");
        journey.runWaiting(request);
        journey.submit(request, ENTER_CODE, "choice", "SUBMIT", "code", older);

        assertThat(codes("issued")).isEqualTo(2);
        assertThat(codes("outdated")).isEqualTo(1);
        assertThat(codes("wrong")).isZero();
    }

    @Test
    @DisplayName(
            "a wrong code counts once although its transaction was rolled back, since its try is charged; a right one not")
    void aWrongCodeCountsAlthoughRolledBack() {
        ProcessInstance request = toTheCode();

        transaction.executeWithoutResult(rolledBack -> {
            journey.submit(request, ENTER_CODE, "choice", "SUBMIT", "code", Journey.wrong(journey.code(PHONE)));
            rolledBack.setRollbackOnly();
        });
        assertThat(codes("wrong")).isEqualTo(1);
        assertThat(jdbc.sql("select tries_left from verification_code")
                        .query(Integer.class)
                        .single())
                .isEqualTo(4);

        transaction.executeWithoutResult(rolledBack -> {
            journey.submit(request, ENTER_CODE, "choice", "SUBMIT", "code", journey.code(PHONE));
            rolledBack.setRollbackOnly();
        });
        assertThat(codes("accepted")).isZero();

        journey.submit(request, ENTER_CODE, "choice", "SUBMIT", "code", journey.code(PHONE));
        assertThat(codes("accepted")).isEqualTo(1);
        assertThat(codes("wrong")).isEqualTo(1);
    }

    @Test
    @DisplayName("what a gateway took is counted and paid although the transaction around it was rolled back")
    void whatAGatewayTookIsCountedAndPaid() {
        transaction.executeWithoutResult(rolledBack -> {
            events.publishEvent(new MessageSent(Channel.SMS, "some", MessageSent.Outcome.ACCEPTED, 71));
            events.publishEvent(new MessageSent(Channel.SMS, "some", MessageSent.Outcome.REFUSED, 71));
            events.publishEvent(new MessageSent(Channel.EMAIL, "other", MessageSent.Outcome.ACCEPTED, 500));
            rolledBack.setRollbackOnly();
        });

        assertThat(added("messages_total", "channel", "sms", "gateway", "some", "outcome", "accepted"))
                .isEqualTo(1);
        assertThat(added("messages_total", "channel", "sms", "gateway", "some", "outcome", "refused"))
                .isEqualTo(1);
        assertThat(added("messages_total", "channel", "email", "gateway", "other", "outcome", "accepted"))
                .isEqualTo(1);
        assertThat(added("sms_segments_total")).isEqualTo(2);
        assertThat(added("sms_spend_fen_total")).isCloseTo(9, within(1e-6));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "70, 1", "71, 2", "134, 2", "135, 3", "201, 3", "202, 4"})
    @DisplayName("an SMS has one segment up to 70 characters, and one for each 67 of a longer text")
    void anSmsHasSegments(int characters, int segments) {
        assertThat(EventCounters.segments(characters)).isEqualTo(segments);
    }

    @Test
    @DisplayName("receipts of gateways are counted")
    void receiptsAreCounted() {
        events.publishEvent(new MessageDelivered(Channel.SMS, true));
        events.publishEvent(new MessageDelivered(Channel.SMS, false));

        assertThat(added("message_receipts_total", "channel", "sms", "outcome", "delivered"))
                .isEqualTo(1);
        assertThat(added("message_receipts_total", "channel", "sms", "outcome", "undelivered"))
                .isEqualTo(1);
    }

    @Test
    @DisplayName("whatever can happen to a code is there from the start, at zero")
    void whateverCanHappenIsThereFromTheStart() {
        for (Purpose purpose : Purpose.values()) {
            for (CodeEvent.Outcome outcome : CodeEvent.Outcome.values()) {
                assertThat(before.series())
                        .containsKey("account_security_codes_total{outcome=\""
                                + outcome.name().toLowerCase(Locale.ROOT) + "\",purpose=\""
                                + purpose.name().toLowerCase(Locale.ROOT) + "\"}");
            }
        }
    }

    @Test
    @DisplayName("no label holds an account, a request, an instance, an address or a code")
    void noLabelLeadsToAPerson() {
        ProcessInstance request = toTheCode();
        String code = journey.code(PHONE);
        journey.submit(request, ENTER_CODE, "choice", "SUBMIT", "code", code);

        assertThat(registry.scrape())
                .doesNotContain("acct-", PHONE, "138****", "@", "\"" + code + "\"", request.getId())
                .doesNotContainPattern("[0-9a-f]{8}-[0-9a-f]{4}-");
    }

    private ProcessInstance toTheCode() {
        ProcessInstance request = journey.start(DEREGISTRATION, HOLDER);
        journey.submit(request, "UserTask_ReadNotice", "choice", "CONTINUE", "consent", true, "channel", "SMS");
        journey.deliverCodes();
        return request;
    }

    private double codes(String outcome) {
        return added("codes_total", "outcome", outcome, "purpose", "deregistration");
    }

    private double added(String name, String... labels) {
        return scrape().value(name, labels) - before.value(name, labels);
    }

    private Scrape scrape() {
        return Scrape.of(registry.scrape());
    }
}
