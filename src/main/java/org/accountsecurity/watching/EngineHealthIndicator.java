package org.accountsecurity.watching;

import org.camunda.bpm.engine.RepositoryService;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/** The engine answers, and has processes that a holder can start. */
@Component
class EngineHealthIndicator extends AbstractHealthIndicator {

    private final RepositoryService repository;

    EngineHealthIndicator(RepositoryService repository) {
        super("The engine does not answer");
        this.repository = repository;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        long processes = repository
                .createProcessDefinitionQuery()
                .latestVersion()
                .startableInTasklist()
                .active()
                .count();
        health.status(processes > 0 ? "UP" : "DOWN").withDetail("startableProcesses", processes);
    }
}
