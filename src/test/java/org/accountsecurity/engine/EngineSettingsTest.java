package org.accountsecurity.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.accountsecurity.ApplicationTest;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What the starter must not set again behind our back. */
@ApplicationTest
class EngineSettingsTest {

    @Autowired
    ProcessEngineConfigurationImpl configuration;

    @Test
    @DisplayName("the engine writes no metrics of its own into the database")
    void theEngineWritesNoMetrics() {
        assertThat(configuration.isMetricsEnabled()).isFalse();
        assertThat(configuration.isDbMetricsReporterActivate()).isFalse();
        assertThat(configuration.isTaskMetricsEnabled()).isFalse();
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
