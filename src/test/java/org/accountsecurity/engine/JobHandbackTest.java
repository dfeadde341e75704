package org.accountsecurity.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.accountsecurity.testing.JourneyTest;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.jobexecutor.DefaultJobExecutor;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

class JobHandbackTest extends JourneyTest {

    @Autowired
    ProcessEngineConfigurationImpl engine;

    @Test
    @DisplayName("a node that ends unlocks its own jobs, and nobody else's")
    void aNodeThatEndsUnlocksItsJobs() {
        Job own = jobOf("acct-10001");
        Job others = jobOf("acct-10004");
        lock(own, "this-node");
        lock(others, "another-node");
        JobExecutor executor = new DefaultJobExecutor();
        executor.setLockOwner("this-node");
        var beans = new StaticListableBeanFactory(Map.of("jobExecutor", executor));
        JobHandback handback = new JobHandback(
                beans.getBeanProvider(JobExecutor.class),
                beans.getBeanProvider(ThreadPoolTaskExecutor.class),
                engine,
                jdbc);

        handback.stop();

        assertThat(owner(own)).isEqualTo("nobody");
        assertThat(owner(others)).isEqualTo("another-node");
        journey.execute(own);
        assertThat(journey.pending(own)).isFalse();
    }

    private Job jobOf(String holder) {
        return journey.job(journey.startWithoutCopy("account-deregistration", holder), "StartEvent_TellingRequested");
    }

    private void lock(Job job, String owner) {
        rows.update(
                "update ACT_RU_JOB set LOCK_OWNER_ = ?, LOCK_EXP_TIME_ = DUEDATE_ where ID_ = ?", owner, job.getId());
    }

    private String owner(Job job) {
        return rows.text("select coalesce(LOCK_OWNER_, 'nobody') from ACT_RU_JOB where ID_ = ?", job.getId());
    }
}
