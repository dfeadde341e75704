package org.accountsecurity.engine.status;

import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.springframework.stereotype.Component;

/** The due date of the first timer that interrupts a task or a scope around it. */
@Component
class TaskDeadline {

    private final RuntimeService runtime;
    private final ManagementService management;
    private final RepositoryService repository;

    TaskDeadline(RuntimeService runtime, ManagementService management, RepositoryService repository) {
        this.runtime = runtime;
        this.management = management;
        this.repository = repository;
    }

    /** Empty if there is none. */
    Optional<Instant> of(Task task) {
        BpmnModelInstance model = repository.getBpmnModelInstance(task.getProcessDefinitionId());
        return Stream.concat(
                        timers(
                                task.getProcessInstanceId(),
                                model,
                                model.getModelElementById(task.getTaskDefinitionKey())),
                        callers(task.getProcessInstanceId()))
                .min(Instant::compareTo);
    }

    private Stream<Instant> callers(String called) {
        ProcessInstance instance =
                runtime.createProcessInstanceQuery().processInstanceId(called).singleResult();
        ProcessInstance caller = runtime.createProcessInstanceQuery()
                .subProcessInstanceId(called)
                .singleResult();
        if (instance == null || caller == null) {
            return Stream.empty();
        }
        String key = repository
                .getProcessDefinition(instance.getProcessDefinitionId())
                .getKey();
        BpmnModelInstance model = repository.getBpmnModelInstance(caller.getProcessDefinitionId());
        return Stream.concat(
                model.getModelElementsByType(CallActivity.class).stream()
                        .filter(call -> key.equals(call.getCalledElement()))
                        .flatMap(call -> timers(caller.getId(), model, call)),
                callers(caller.getId()));
    }

    private Stream<Instant> timers(String instance, BpmnModelInstance model, ModelElementInstance activity) {
        Set<ModelElementInstance> interrupted = new HashSet<>(Set.of(activity));
        for (ModelElementInstance scope = activity.getParentElement();
                scope instanceof SubProcess;
                scope = scope.getParentElement()) {
            interrupted.add(scope);
        }
        return model.getModelElementsByType(BoundaryEvent.class).stream()
                .filter(event -> event.cancelActivity() && interrupted.contains(event.getAttachedTo()))
                .flatMap(
                        event -> management
                                .createJobQuery()
                                .processInstanceId(instance)
                                .activityId(event.getId())
                                .timers()
                                .list()
                                .stream())
                .filter(job -> job.getDuedate() != null)
                .map(job -> job.getDuedate().toInstant());
    }
}
