package org.accountsecurity.benchmark;

import java.util.List;

/** Who takes part. */
enum Kind {
    /** As it goes to production. */
    OURS(List.of()),
    /** The same diagrams, delegates and domain with the settings that the starter comes with. */
    STOCK(List.of(
            "--camunda.bpm.history-level=full",
            "--camunda.bpm.authorization.enabled=true",
            "--camunda.bpm.eventing.execution=true",
            "--camunda.bpm.eventing.history=true",
            "--camunda.bpm.eventing.task=true",
            "--spring.datasource.hikari.data-source-properties.reWriteBatchedInserts=false",
            "--camunda.bpm.metrics.enabled=true",
            "--camunda.bpm.metrics.db-reporter-activate=true",
            "--camunda.bpm.job-execution.max-wait=60000",
            "--camunda.bpm.job-execution.wait-time-in-millis=5000",
            "--camunda.bpm.job-execution.lock-time-in-millis=300000",
            "--camunda.bpm.job-execution.max-jobs-per-acquisition=3",
            "--camunda.bpm.job-execution.core-pool-size=3",
            "--camunda.bpm.job-execution.max-pool-size=10",
            "--camunda.bpm.job-execution.queue-capacity=3",
            "--camunda.bpm.job-execution.backoff-time-in-millis=0",
            "--camunda.bpm.job-execution.max-backoff=0")),
    /** The same delegates and domain without a process engine around them. */
    FLOOR(List.of()),
    /** Ours without the gates between a holder and the engine; only to see what they cost. */
    UNGATED(List.of());

    /** Those that are compared with each other. */
    static final List<Kind> RACE = List.of(OURS, STOCK, FLOOR);

    private final List<String> settings;

    Kind(List<String> settings) {
        this.settings = settings;
    }

    List<String> settings() {
        return settings;
    }

    String label() {
        return name().toLowerCase();
    }
}
