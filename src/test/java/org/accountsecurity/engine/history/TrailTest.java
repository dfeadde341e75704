package org.accountsecurity.engine.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.accountsecurity.testing.JourneyTest;
import org.accountsecurity.testing.TestClock;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

class TrailTest extends JourneyTest {

    private static final String HOLDER = "acct-10001";
    private static final String PHONE = "13800138001";
    private static final String NEW_PHONE = "13900139001";

    /** Of an instance, of a diagram with its version, and of elements. */
    private static final Pattern NOTHING_BUT_IDS =
            Pattern.compile("(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12} [a-z-]+:\\d+"
                    + "(?: (?:[+.]|-?[A-Za-z]+_[A-Za-z]+(?:#multiInstanceBody)?))+\n)+");

    @Autowired
    Trails trails;

    @Autowired
    TrailPurge oldTrails;

    @Autowired
    ProcessEngineConfigurationImpl engine;

    @Autowired
    RuntimeService runtime;

    @Autowired
    ManagementService management;

    @Autowired
    TransactionTemplate transaction;

    @Test
    @DisplayName("each transaction of a request leaves one row: what it did to the request and to what that called")
    void eachTransactionLeavesOneRow() {
        ProcessInstance request = journey.startWithoutCopy("account-deregistration", HOLDER);

        assertThat(trails.of(id(request))).hasSize(1);
        assertThat(trails.of(id(request)).get(0).passedAt()).isEqualTo(TestClock.START);
        assertThat(trails.of(id(request)).get(0).passages())
                .satisfiesExactly(
                        requested -> {
                            assertThat(requested.instance()).isEqualTo(request.getId());
                            assertThat(requested.process()).isEqualTo("account-deregistration");
                            assertThat(requested.version()).isPositive();
                            assertThat(requested.started()).isTrue();
                            assertThat(requested.ended()).isFalse();
                            assertThat(requested.steps())
                                    .containsExactly(
                                            step("StartEvent_DeregistrationRequested"),
                                            step("ServiceTask_OpenRequest"),
                                            step("CallActivity_Prepare"));
                        },
                        preparation -> {
                            assertThat(preparation.process()).isEqualTo("deregistration-preparation");
                            assertThat(preparation.started()).isTrue();
                            assertThat(preparation.steps())
                                    .contains(step("ServiceTask_CheckOrders"))
                                    .contains(step("ServiceTask_PrepareExport"));
                        });

        journey.submit(request, "UserTask_ReadNotice", "choice", "WITHDRAW");

        assertThat(trails.of(id(request))).hasSize(2);
        assertThat(trails.of(id(request)).get(1).passages()).singleElement().satisfies(withdrawn -> {
            assertThat(withdrawn.started()).isFalse();
            assertThat(withdrawn.ended()).isTrue();
            assertThat(withdrawn.steps()).contains(step("UserTask_ReadNotice"), step("EndEvent_RequestWithdrawn"));
        });
    }

    @Test
    @DisplayName("what was cancelled is told from what was completed")
    void whatWasCancelledIsMarked() {
        ProcessInstance request = journey.start("account-deregistration", HOLDER);

        journey.execute(journey.job(request, "BoundaryEvent_NoticeLapsed"));

        assertThat(last(request).steps())
                .contains(new Trail.Step("UserTask_ReadNotice", true))
                .contains(step("BoundaryEvent_NoticeLapsed"))
                .doesNotContain(step("UserTask_ReadNotice"));
        assertThat(last(request).ended()).isTrue();
    }

    @Test
    @DisplayName("a request that is refused has its trail, too")
    void aRefusedRequestHasItsTrail() {
        journey.start("account-deregistration", HOLDER);

        ProcessInstance refused = journey.start("account-deregistration", HOLDER);

        assertThat(last(refused).steps()).contains(step("EndEvent_AlreadyRequested"));
        assertThat(rows.text("select outcome from holder_request where id = ?", id(refused)))
                .isEqualTo("EndEvent_AlreadyRequested");
    }

    @Test
    @DisplayName("of a job that fails, and of a transaction that is rolled back, nothing stays")
    void ofWhatFailsNothingStays() {
        ProcessInstance request = journey.start("account-deregistration", HOLDER);
        journey.submit(request, "UserTask_ReadNotice", "choice", "CONTINUE", "consent", true, "channel", "SMS");
        journey.execute(journey.job(request, "StartEvent_TellingRequested"));
        long before = rows();

        journey.whileNothingIsSent(() -> assertThat(journey.succeeds(journey.job(request, "SendTask_TellRequested")))
                .isFalse());
        transaction.executeWithoutResult(status -> {
            journey.submit(request, "UserTask_EnterCode", "choice", "GIVE_UP");
            assertThat(rows()).isEqualTo(before + 1);
            status.setRollbackOnly();
        });

        assertThat(rows()).isEqualTo(before);
    }

    @Test
    @DisplayName("what a command does in a transaction of its own stays, whatever becomes of the one around it")
    void whatIsDoneInATransactionOfItsOwnStays() {
        transaction.executeWithoutResult(status -> {
            runtime.startProcessInstanceByKey("contested-request", "around");
            engine.getCommandExecutorTxRequired().execute(outer -> {
                runtime.startProcessInstanceByKey("contested-request", "outer");
                return engine.getCommandExecutorTxRequiresNew()
                        .execute(own -> runtime.startProcessInstanceByKey("contested-request", "own"));
            });
            status.setRollbackOnly();
        });

        assertThat(trails.of("own")).hasSize(1);
        assertThat(rows()).isOne();
        runtime.createProcessInstanceQuery()
                .list()
                .forEach(left -> runtime.deleteProcessInstance(left.getId(), "test", true));
    }

    @Test
    @DisplayName("a command that touches two requests leaves a row of each")
    void twoRequestsInOneCommandLeaveTwoRows() {
        ProcessInstance one = journey.start("account-deregistration", HOLDER);
        ProcessInstance other = journey.start("phone-unbinding", "acct-10004");
        long before = rows();

        runtime.deleteProcessInstances(List.of(one.getId(), other.getId()), "test", false, true);

        assertThat(rows()).isEqualTo(before + 2);
        assertThat(last(one).ended()).isTrue();
        assertThat(last(other).steps()).containsExactly(new Trail.Step("UserTask_ReadUnbindingNotice", true));
    }

    @Test
    @DisplayName("commands within a command leave one row, and a second flush no other")
    void commandsWithinACommandLeaveOneRow() {
        engine.getCommandExecutorTxRequired().execute(command -> {
            ProcessInstance contest = runtime.startProcessInstanceByKey("contested-request", "one");
            runtime.deleteProcessInstance(contest.getId(), "test", true);
            command.getSession(TrailSession.class).flush();
            return null;
        });

        assertThat(trails.of("one"))
                .singleElement()
                .satisfies(trail -> assertThat(trail.passages())
                        .singleElement()
                        .matches(Trail.Passage::started)
                        .matches(Trail.Passage::ended));
    }

    @Test
    @DisplayName("a transaction of very many steps is not told to its end, and is committed")
    void aTransactionOfVeryManySteps() {
        ProcessDefinitionEntity definition = new ProcessDefinitionEntity();
        definition.setKey("loop");
        definition.setVersion(1);
        ExecutionEntity instance = mock();
        when(instance.getId()).thenReturn("instance");
        when(instance.getBusinessKey()).thenReturn("loop");
        when(instance.getProcessDefinition()).thenReturn(definition);
        TrailSession session = (TrailSession) new TrailSession.Factory(trails).openSession();

        for (int step = 0; step < 20_000; step++) {
            session.pass(instance, "ServiceTask_CheckOrders");
        }
        session.flush();

        assertThat(trails.of("loop").get(0).passages().get(0).steps())
                .hasSizeBetween(4_000, 5_000)
                .containsOnly(step("ServiceTask_CheckOrders"));
    }

    @Test
    @DisplayName("no trail knows a person, and the engine's own tables of history stay empty, whatever happens")
    void noTrailKnowsAPersonAndTheEngineKeepsNoHistory() {
        journey.changed(HOLDER, "EMAIL", "demo-10001@example.com", NEW_PHONE);
        clock.forward(Duration.ofMinutes(1));
        journey.start("phone-unbinding", HOLDER);
        ProcessInstance contested = journey.start("account-deregistration", "acct-10004");
        ProcessInstance contest = journey.contest(contested, "13800138004");
        journey.submitAs("support", journey.task(contest, "UserTask_HandleContest"), "choice", "OWN");
        ProcessInstance request = journey.confirmed(HOLDER, NEW_PHONE);
        journey.whileFavouritesStay(HOLDER, () -> {
            journey.jobs(request, "ServiceTask_Erase").forEach(journey::succeeds);
            Job failed = journey.jobs(request, "ServiceTask_Erase").get(0);
            rows.update("update ACT_RU_JOB set RETRIES_ = 1 where ID_ = ?", failed.getId());
            assertThat(journey.succeeds(failed)).isFalse();
            assertThat(journey.incidents(request)).isPositive();
            management.setJobRetries(failed.getId(), 3);
            journey.execute(journey.jobs(request, "StartEvent_DataSetStuck").get(0));
        });
        journey.submitAs("support", journey.task(request, "UserTask_HandleStuckErasure"));
        journey.erase(request);
        journey.submit(request, "UserTask_AcknowledgeResult");

        assertThat(rows.texts("select steps from trail"))
                .hasSizeGreaterThan(20)
                .allMatch(steps -> NOTHING_BUT_IDS.matcher(steps).matches(), "nothing but ids");
        assertThat(rows.texts("select table_name from information_schema.tables where table_schema = current_schema"
                        + " and upper(table_name) like 'ACT\\_HI\\_%' escape '\\'"))
                .hasSizeGreaterThan(10)
                .allSatisfy(table -> assertThat(rows.number("select count(*) from " + table))
                        .as(table)
                        .isZero());
    }

    @Test
    @DisplayName("a trail goes once the history time to live of the diagrams is over, from its oldest row on")
    void aTrailGoesWithItsTime() {
        journey.start("account-deregistration", HOLDER);
        long first = rows();
        clock.forward(Duration.ofDays(1));
        journey.start("account-deregistration", "acct-10004");
        long all = rows();
        assertThat(all).isGreaterThan(first);

        assertThat(oldTrails.purge(after(190))).isZero();
        assertThat(oldTrails.purge(after(190).plusMillis(1))).isEqualTo((int) first);
        assertThat(rows()).isEqualTo(all - first);
        assertThat(oldTrails.purge(after(191).plusMillis(1))).isEqualTo((int) (all - first));
        assertThat(oldTrails.purge(after(191).plusMillis(1))).isZero();
    }

    private static Instant after(int days) {
        return TestClock.START.plus(Duration.ofDays(days));
    }

    private static Trail.Step step(String activity) {
        return new Trail.Step(activity, false);
    }

    /** What the request itself passed last. */
    private Trail.Passage last(ProcessInstance request) {
        List<Trail> all = trails.of(id(request));
        return all.get(all.size() - 1).passages().stream()
                .filter(passage -> passage.instance().equals(request.getId()))
                .findFirst()
                .orElseThrow();
    }

    private String id(ProcessInstance request) {
        return rows.text("select id from holder_request where process_instance_id = ?", request.getId());
    }

    private long rows() {
        return rows.count("trail");
    }
}
