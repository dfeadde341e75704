package org.accountsecurity.deregistration.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.accountsecurity.ApplicationTest;
import org.accountsecurity.CoversProcess;
import org.accountsecurity.Journey;
import org.accountsecurity.TestClock;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@ApplicationTest
@CoversProcess("retention-purge")
class RetentionPurgeProcessTest {

    private static final String HOLDER = "acct-10001";
    private static final String PURGE = "ServiceTask_PurgeRetained";

    @Autowired
    Journey journey;

    @Autowired
    ManagementService management;

    @Autowired
    RuntimeService runtime;

    @Autowired
    TestClock clock;

    @Autowired
    JdbcClient jdbc;

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

        clock.forward(Duration.ofDays(30));
        purge();

        assertThat(rows("receipt")).isZero();
        assertThat(rows("erasure")).isZero();
        assertThat(rows("consent")).isZero();
        assertThat(rows("holder_request")).isZero();
    }

    @Test
    @DisplayName(
            "what no limit counts any more is forgotten after two days, and verifications with the engine's history")
    void whatNoLimitCountsIsForgotten() {
        deregister();
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
    @DisplayName("the purge is due once a day")
    void thePurgeIsDueOnceADay() {
        assertThat(management
                        .createJobDefinitionQuery()
                        .processDefinitionKey("retention-purge")
                        .activityIdIn("StartEvent_PurgeDue")
                        .singleResult()
                        .getJobConfiguration())
                .isEqualTo("CYCLE: R/P1D");
        Job timer = timer();

        management.executeJob(timer.getId());

        assertThat(timer().getId()).isNotEqualTo(timer.getId());
        assertThat(runtime.createProcessInstanceQuery()
                        .processDefinitionKey("retention-purge")
                        .count())
                .isOne();
    }

    private void deregister() {
        ProcessInstance request = journey.start("account-deregistration", HOLDER);
        journey.submit(request, "UserTask_ReadNotice", "choice", "CONTINUE", "consent", true, "channel", "SMS");
        journey.verify(request, "13800138001");
        journey.submit(request, "UserTask_ConfirmDeregistration", "choice", "CONFIRM");
        journey.erase(request);
        journey.submit(request, "UserTask_AcknowledgeResult");
    }

    private void purge() {
        ProcessInstance purge = runtime.startProcessInstanceByKey("retention-purge");
        for (int parts = 0; !journey.jobs(purge, PURGE).isEmpty(); parts++) {
            assertThat(parts).isLessThan(10);
            journey.execute(journey.job(purge, PURGE));
        }
        assertThat(journey.passed(purge.getId())).contains("EndEvent_RetainedPurged");
    }

    private Job timer() {
        return management
                .createJobQuery()
                .timers()
                .processDefinitionKey("retention-purge")
                .singleResult();
    }

    private long rows(String table) {
        return jdbc.sql("select count(*) from " + table).query(Long.class).single();
    }
}
