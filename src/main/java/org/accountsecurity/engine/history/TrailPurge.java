package org.accountsecurity.engine.history;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import org.accountsecurity.retention.Purgeable;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.springframework.stereotype.Component;

/** Deletes trails after the longest history time to live of the diagrams. */
@Component
class TrailPurge implements Purgeable {

    private final Trails trails;
    private final RepositoryService repository;

    TrailPurge(Trails trails, RepositoryService repository) {
        this.trails = trails;
        this.repository = repository;
    }

    @Override
    public int purge(Instant now) {
        return repository.createProcessDefinitionQuery().latestVersion().list().stream()
                .map(ProcessDefinition::getHistoryTimeToLive)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .map(days -> trails.deleteBefore(now.minus(Duration.ofDays(days))))
                .orElse(0);
    }
}
