package org.accountsecurity.deregistration.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.accountsecurity.obligation.ObligationSweep;
import org.accountsecurity.policy.DeregistrationPolicy;
import org.accountsecurity.retention.Purgeable;
import org.accountsecurity.retention.RetentionPurge;
import org.accountsecurity.shop.DataSetCatalogue;
import org.accountsecurity.testing.CoversProcess;
import org.accountsecurity.testing.JourneyTest;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;

@CoversProcess("retention-purge")
class RetentionPurgeProcessTest extends JourneyTest {

    private static final String HOLDER = "acct-10001";
    private static final String PURGE = "ServiceTask_PurgeRetained";

    @Autowired
    ManagementService management;

    @Autowired
    RuntimeService runtime;

    @Autowired
    DataSetCatalogue dataSets;

    @Autowired
    DeregistrationPolicy policy;

    @Autowired
    PlatformTransactionManager transactions;

    @Autowired
    ObligationSweep sweep;

    @Test
    @DisplayName("what was kept by law goes when its three years are over, and the proof of it a little later")
    void whatWasKeptByLawGoes() {
        deregister();
        assertThat(rows("retained_transaction")).isEqualTo(3);

        clock.forward(Duration.ofDays(3 * 365 - 60));
        purge();
        assertThat(rows("retained_transaction")).isEqualTo(2);
        clock.forward(Duration.ofDays(60));
        purge();
        assertThat(rows("retained_transaction")).isZero();
        assertThat(rows("receipt")).isOne();
        assertThat(rows("holder_request")).isOne();
        assertThat(rows("holder_answer")).isEqualTo(2);

        clock.forward(Duration.ofDays(30));
        purge();
        assertThat(rows("receipt")).isZero();
        assertThat(rows("holder_request")).as("as long as something is owed").isOne();
        while (sweep.doNext()) {
            // the next one is overdue, too
        }
        purge();

        assertThat(rows("erasure")).isZero();
        assertThat(rows("obligation")).isZero();
        assertThat(rows("holder_request")).isZero();
        assertThat(rows("holder_answer")).isZero();
    }

    @Test
    @DisplayName(
            "what no limit counts any more is forgotten after two days, and verifications with the engine's history")
    void whatNoLimitCountsIsForgotten() {
        ProcessInstance request = journey.verified(HOLDER, "13800138001");
        journey.submit(request, "UserTask_ConfirmDeregistration", "choice", "WITHDRAW");
        assertThat(rows("code_send")).isOne();

        clock.forward(Duration.ofDays(3));
        purge();
        assertThat(rows("code_send") + rows("verification_code") + rows("code_allowance"))
                .isZero();
        assertThat(rows("verification")).isOne();
        clock.forward(Duration.ofDays(190));
        purge();

        assertThat(rows("verification")).isZero();
    }

    @Test
    @DisplayName("the copy of the data goes with its time")
    void theCopyGoesWithItsTime() {
        journey.start("account-deregistration", HOLDER);
        assertThat(rows("data_export")).isOne();

        clock.forward(Duration.ofDays(3));
        purge();

        assertThat(rows("data_export") + rows("data_export_part")).isZero();
    }

    @Test
    @DisplayName("what fails to be purged keeps nothing else from it, and is told once the rest is done")
    void whatFailsToBePurgedKeepsNothingElseFromIt() {
        AtomicInteger left = new AtomicInteger(2);
        Map<String, Purgeable> own = Map.of(
                "broken",
                now -> {
                    rows.update("insert into notice (request_id, text) values ('x', null)");
                    return 0;
                },
                "whole",
                now -> left.getAndUpdate(rows -> Math.max(0, rows - 1)) > 0 ? 1 : 0);
        RetentionPurge purge = new RetentionPurge(dataSets, policy, own, jdbc, transactions, clock);

        assertThat(purge.purge()).isFalse();
        assertThat(purge.purge()).isFalse();

        assertThat(left).hasValue(0);
        assertThatThrownBy(purge::purge).hasMessage("not purged: broken");
    }

    @Test
    @DisplayName("the purge is due once an hour")
    void thePurgeIsDueOnceAnHour() {
        assertThat(management
                        .createJobDefinitionQuery()
                        .processDefinitionKey("retention-purge")
                        .activityIdIn("StartEvent_PurgeDue")
                        .singleResult()
                        .getJobConfiguration())
                .isEqualTo("CYCLE: R/PT1H");
        Job timer = timer();

        management.executeJob(timer.getId());

        assertThat(timer().getId()).isNotEqualTo(timer.getId());
        assertThat(runtime.createProcessInstanceQuery()
                        .processDefinitionKey("retention-purge")
                        .count())
                .isOne();
    }

    private void deregister() {
        ProcessInstance request = journey.confirmed(HOLDER, "13800138001");
        journey.erase(request);
        journey.submit(request, "UserTask_AcknowledgeResult");
    }

    private void purge() {
        ProcessInstance purge = runtime.startProcessInstanceByKey("retention-purge");
        for (int parts = 0; !journey.jobs(purge, PURGE).isEmpty(); parts++) {
            assertThat(parts).isLessThan(10);
            journey.execute(journey.job(purge, PURGE));
        }
        assertThat(journey.running(purge)).isFalse();
    }

    private Job timer() {
        return management
                .createJobQuery()
                .timers()
                .processDefinitionKey("retention-purge")
                .singleResult();
    }

    private long rows(String table) {
        return rows.number("select count(*) from " + table);
    }
}
