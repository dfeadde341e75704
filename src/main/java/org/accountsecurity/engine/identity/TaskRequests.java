package org.accountsecurity.engine.identity;

import java.util.Optional;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.springframework.util.ConcurrentLruCache;

/** Which request a task belongs to: the business key of its process instance, written before there is any task. */
public final class TaskRequests {

    private static final int REMEMBERED = 10_000;

    private final ConcurrentLruCache<String, String> byInstance =
            new ConcurrentLruCache<>(REMEMBERED, TaskRequests::businessKey);

    /**
     * The id of the task's request.
     *
     * @throws IllegalStateException if its process instance has none
     */
    public String of(TaskEntity task) {
        return byInstance.get(task.getProcessInstanceId());
    }

    private static String businessKey(String processInstanceId) {
        return Optional.ofNullable(Context.getCommandContext()
                        .getExecutionManager()
                        .findExecutionById(processInstanceId)
                        .getBusinessKey())
                .orElseThrow(() -> new IllegalStateException(processInstanceId + " belongs to no request"));
    }
}
