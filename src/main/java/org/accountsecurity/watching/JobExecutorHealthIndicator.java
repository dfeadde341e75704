package org.accountsecurity.watching;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/** The job executor runs, on a node that is to run jobs. */
@Component
class JobExecutorHealthIndicator extends AbstractHealthIndicator {

    private final JobExecutor executor;

    JobExecutorHealthIndicator(ObjectProvider<JobExecutor> executor, MeterRegistry registry) {
        this.executor = executor.getIfAvailable();
        Gauge.builder("account.security.job.executor.active", () -> active() ? 1 : 0)
                .description("Whether this node runs jobs, or is not meant to")
                .register(registry);
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        health.status(active() ? "UP" : "DOWN").withDetail("runsJobs", executor != null);
    }

    private boolean active() {
        return executor == null || executor.isActive();
    }
}
