package org.accountsecurity.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.accountsecurity.testing.JourneyTest;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What the starter must not set again behind our back. */
class EngineSettingsTest extends JourneyTest {

    @Autowired
    ProcessEngineConfigurationImpl configuration;

    @Autowired
    EngineSetup setup;

    @Test
    @DisplayName("the engine writes no metrics of its own into the database")
    void theEngineWritesNoMetrics() {
        assertThat(configuration.isMetricsEnabled()).isFalse();
        assertThat(configuration.isDbMetricsReporterActivate()).isFalse();
        assertThat(configuration.isTaskMetricsEnabled()).isFalse();
    }

    @Test
    @DisplayName("a job from before jobs had due dates gets one at the next start")
    void aJobWithoutADueDateGetsOne() {
        ProcessInstance request = journey.startWithoutCopy("account-deregistration", "acct-10001");
        Job job = journey.job(request, "StartEvent_TellingRequested");
        rows.update("update ACT_RU_JOB set DUEDATE_ = null where ID_ = ?", job.getId());

        setup.afterSingletonsInstantiated();

        assertThat(journey.job(request, "StartEvent_TellingRequested").getDuedate())
                .isEqualTo(job.getDuedate());
    }

    @Test
    @DisplayName("the engine does not read every authorization there is to know the groups of a login")
    void theGroupsOfALoginAreTakenAsTheyAre() {
        List<String> groups = List.of("account-holder", "without-any-authorization");

        List<String> taken = configuration
                .getCommandExecutorTxRequired()
                .execute(context -> context.getAuthorizationManager().filterAuthenticatedGroupIds(groups));

        assertThat(taken).isEqualTo(groups);
    }

    @Test
    @DisplayName("who may do what is decided by the engine, with our rights and our history")
    void whoMayDoWhatIsDecided() {
        assertThat(configuration.isAuthorizationEnabled()).isTrue();
        assertThat(configuration.isEnforceSpecificVariablePermission()).isTrue();
        assertThat(configuration.isStandaloneTasksEnabled()).isFalse();
        assertThat(configuration.getDefaultUserPermissionNameForTask()).isEqualTo("TASK_WORK");
        assertThat(configuration.getHistoryLevel().getName()).isEqualTo("path");
        assertThat(configuration.isJobExecutorAcquireByDueDate()).isTrue();
        assertThat(configuration.isEnsureJobDueDateNotNull()).isTrue();
    }
}
