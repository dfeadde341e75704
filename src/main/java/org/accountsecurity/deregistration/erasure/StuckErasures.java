package org.accountsecurity.deregistration.erasure;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import org.accountsecurity.text.Excerpt;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Job;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Data sets that were not erased in time: their failures, and how their jobs are started again. */
@Component
class StuckErasures {

    private static final int RETRIES = 5;
    private static final int LONGEST_FAILURE = 200;

    private final ManagementService management;
    private final RuntimeService runtime;
    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    StuckErasures(
            ManagementService management,
            RuntimeService runtime,
            JdbcClient jdbc,
            ApplicationEventPublisher events,
            Clock clock) {
        this.management = management;
        this.runtime = runtime;
        this.jdbc = jdbc;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Records that the data set has FAILED so far.
     *
     * @return the message of the last attempt, which quotes no record
     */
    @Transactional
    String record(String requestId, String processInstanceId, String dataSet) {
        String failure = jobs(processInstanceId, dataSet).stream()
                .map(Job::getExceptionMessage)
                .filter(message -> message != null)
                .findFirst()
                .map(message -> Excerpt.first(message, LONGEST_FAILURE))
                .orElse("not done in time");
        int stuck = jdbc.sql("update erasure set failed_since = coalesce(failed_since, ?), failure = ?"
                        + " where request_id = ? and data_set = ? and verified_at is null")
                .params(Timestamp.from(clock.instant()), failure, requestId, dataSet)
                .update();
        if (stuck > 0) {
            events.publishEvent(new ErasureEvent(dataSet, ErasureEvent.Outcome.STUCK));
        }
        return failure;
    }

    /** Lets the data set's job try again now, as often as at first. */
    void retry(String processInstanceId, String dataSet) {
        for (Job job : jobs(processInstanceId, dataSet)) {
            management.setJobRetries(job.getId(), RETRIES);
            management.setJobDuedate(job.getId(), Date.from(clock.instant()));
        }
        events.publishEvent(new ErasureEvent(dataSet, ErasureEvent.Outcome.RETRIED));
    }

    private List<Job> jobs(String processInstanceId, String dataSet) {
        return management.createJobQuery().processInstanceId(processInstanceId).messages().list().stream()
                .filter(job -> dataSet.equals(runtime.getVariable(job.getExecutionId(), DataErasureProcess.DATA_SET)))
                .toList();
    }
}
