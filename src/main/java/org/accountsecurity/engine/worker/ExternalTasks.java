package org.accountsecurity.engine.worker;

import jakarta.ws.rs.core.Response.Status;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.ExternalTaskService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.externaltask.ExternalTask;
import org.camunda.bpm.engine.externaltask.ExternalTaskQueryBuilder;
import org.camunda.bpm.engine.externaltask.LockedExternalTask;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.rest.exception.InvalidRequestException;
import org.springframework.stereotype.Component;

/**
 * Fetches and completes external tasks for workers. The engine is called without a login; the topic and the lock decide
 * what a worker may do.
 */
@Component
public class ExternalTasks {

    private static final int MOST_TASKS = 50;
    private static final Duration SHORTEST_LOCK = Duration.ofSeconds(1);
    private static final Duration LONGEST_LOCK = Duration.ofHours(1);
    private static final int MOST_RETRIES = 20;
    private static final Duration LONGEST_RETRY = Duration.ofDays(1);
    /** Replaces the message of the worker, which may contain personal data. */
    private static final String FAILED = "The worker has reported a failure; its own log says which.";

    private final WorkerTopics topics;
    private final ExternalTaskService tasks;
    private final IdentityService identity;

    ExternalTasks(WorkerTopics topics, ExternalTaskService tasks, IdentityService identity) {
        this.topics = topics;
        this.tasks = tasks;
        this.identity = identity;
    }

    List<LockedExternalTask> fetchAndLock(Worker worker, WorkerRequest request) {
        // answers at once, without long polling
        request.only("workerId", "maxTasks", "usePriority", "topics", "asyncResponseTimeout");
        int most = request.number("maxTasks", 1, MOST_TASKS);
        List<WorkerRequest> wanted = request.objects("topics");
        ExternalTaskQueryBuilder fetch = tasks.fetchAndLock()
                .workerId(worker.lockOwner())
                .maxTasks(most)
                .usePriority(request.isSet("usePriority"))
                .orderByCreateTime()
                .asc()
                .subscribe();
        Set<String> names = new HashSet<>();
        for (WorkerRequest topic : wanted) {
            topic.only("topicName", "lockDuration", "variables");
            String name = topic.text("topicName");
            List<String> readable =
                    topics.find(name).orElseThrow(ExternalTasks::unknownTopic).reads();
            List<String> variables = topic.names("variables", readable);
            if (!readable.containsAll(variables)) {
                throw WorkerRequest.refused("Ask only for variables that workers of the topic read: " + readable + ".");
            }
            names.add(name);
            fetch = fetch.topic(name, topic.milliseconds("lockDuration", SHORTEST_LOCK, LONGEST_LOCK))
                    .variables(variables);
        }
        if (wanted.isEmpty() || names.size() < wanted.size()) {
            throw WorkerRequest.refused("Set topics to one or more topics, each of them once.");
        }
        return asJob(fetch::execute);
    }

    void complete(String id, Worker worker, WorkerRequest request) {
        Map<String, Object> results =
                request.only("workerId", "variables").values(topicOf(id, worker).results());
        asJob(() -> tasks.complete(id, worker.lockOwner(), results));
    }

    void handleBpmnError(String id, Worker worker, WorkerRequest request) {
        List<String> errors = topicOf(id, worker).errors();
        String code = request.only("workerId", "errorCode", "errorMessage").text("errorCode");
        if (!errors.contains(code)) {
            throw WorkerRequest.refused("Set errorCode to one that the topic declares: " + errors + ".");
        }
        asJob(() -> tasks.handleBpmnError(id, worker.lockOwner(), code));
    }

    void handleFailure(String id, Worker worker, WorkerRequest request) {
        request.only("workerId", "errorMessage", "errorDetails", "retries", "retryTimeout");
        int retries = request.number("retries", 0, MOST_RETRIES);
        int timeout = request.milliseconds("retryTimeout", Duration.ZERO, LONGEST_RETRY);
        topicOf(id, worker);
        asJob(() -> tasks.handleFailure(id, worker.lockOwner(), FAILED, retries, timeout));
    }

    void extendLock(String id, Worker worker, WorkerRequest request) {
        int lock = request.only("workerId", "newDuration").milliseconds("newDuration", SHORTEST_LOCK, LONGEST_LOCK);
        topicOf(id, worker);
        asJob(() -> tasks.extendLock(id, worker.lockOwner(), lock));
    }

    /** Clients send no worker id with this request. */
    void unlock(String id, String user) {
        ExternalTask task =
                asJob(() -> tasks.createExternalTaskQuery().externalTaskId(id).singleResult());
        if (task == null || !Worker.isOf(user, task.getWorkerId())) {
            throw notLocked();
        }
        asJob(() -> tasks.unlock(id));
    }

    /** The topic of a task that this worker has locked. */
    private WorkerTopic topicOf(String id, Worker worker) {
        ExternalTask task = asJob(() -> tasks.createExternalTaskQuery()
                .externalTaskId(id)
                .workerId(worker.lockOwner())
                .singleResult());
        if (task == null) {
            throw notLocked();
        }
        return topics.find(task.getTopicName()).orElseThrow(ExternalTasks::unknownTopic);
    }

    private void asJob(Runnable command) {
        asJob(() -> {
            command.run();
            return null;
        });
    }

    private <T> T asJob(Supplier<T> command) {
        Authentication authentication = identity.getCurrentAuthentication();
        identity.clearAuthentication();
        try {
            return command.get();
        } catch (BadUserRequestException e) {
            // another worker was first, or the lock has expired; the message of the engine would name its owner
            throw notLocked();
        } catch (OptimisticLockingException e) {
            throw new InvalidRequestException(
                    Status.CONFLICT, "Send it again: the request has changed at the same time.");
        } finally {
            identity.setAuthentication(authentication);
        }
    }

    private static InvalidRequestException unknownTopic() {
        return WorkerRequest.refused("Use a topic that is declared under " + WorkerTopics.PREFIX + ".topics.");
    }

    private static InvalidRequestException notLocked() {
        return new InvalidRequestException(
                Status.NOT_FOUND, "Fetch tasks anew: this one does not exist, or this worker has not locked it.");
    }
}
