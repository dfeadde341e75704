package org.accountsecurity.evidence;

import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;

/** What an administrator can try against a request that is past its point of no return. */
enum Sabotage {
    DELETE_THE_INSTANCE(eachInstance((runtime, instance) -> runtime.deleteProcessInstance(instance.getId(), "gone"))),
    DELETE_THE_INSTANCE_IN_A_BATCH(walk -> walk.bean(RuntimeService.class)
            .deleteProcessInstancesAsync(
                    walk.instances().stream().map(ProcessInstance::getId).toList(), "gone")),
    SUSPEND_THE_INSTANCE(eachInstance((runtime, instance) -> runtime.suspendProcessInstanceById(instance.getId()))),
    SUSPEND_THE_DEFINITION(eachDefinition(
            (repository, definition) -> repository.suspendProcessDefinitionById(definition, true, null))),
    CANCEL_ITS_ACTIVITIES(eachInstance((runtime, instance) -> runtime.getActiveActivityIds(instance.getId())
            .forEach(activity -> runtime.createProcessInstanceModification(instance.getId())
                    .cancelAllForActivity(activity)
                    .execute()))),
    MOVE_IT_TO_ITS_END(eachInstance((runtime, instance) -> runtime.createProcessInstanceModification(instance.getId())
            .startBeforeActivity("EndEvent_RequestLapsed")
            .execute())),
    CHANGE_ITS_VARIABLES(eachInstance((runtime, instance) -> runtime.setVariables(
            instance.getId(), Map.of("subject", "acct-10002", "dataSet", "none", "complete", true)))),
    REMOVE_ITS_VARIABLES(eachInstance(
            (runtime, instance) -> runtime.removeVariables(instance.getId(), List.of("subject", "dataSet")))),
    MIGRATE_IT(eachInstance((runtime, instance) -> runtime.newMigration(
                    runtime.createMigrationPlan(instance.getProcessDefinitionId(), instance.getProcessDefinitionId())
                            .build())
            .processInstanceIds(instance.getId())
            .execute())),
    DELETE_ITS_DEFINITIONS(
            eachDefinition((repository, definition) -> repository.deleteProcessDefinition(definition, true))),
    DELETE_ITS_DEPLOYMENT(walk -> deployments(walk)
            .forEach(deployment -> walk.bean(RepositoryService.class).deleteDeployment(deployment, true))),
    DELETE_ITS_JOBS(eachJob((management, job) -> management.deleteJob(job.getId()))),
    TAKE_THE_RETRIES(eachJob((management, job) -> management.setJobRetries(job.getId(), 0))),
    PUT_ITS_JOBS_OFF(eachJob((management, job) -> management.setJobDuedate(
            job.getId(), Date.from(job.getCreateTime().toInstant().plus(Duration.ofDays(3650)))))),
    SUSPEND_ITS_JOBS(eachJob((management, job) -> management.suspendJobById(job.getId()))),
    SUSPEND_ITS_JOB_DEFINITIONS(
            eachJob((management, job) -> management.suspendJobDefinitionById(job.getJobDefinitionId(), true))),
    FAIL_ITS_TASKS(walk ->
            tasks(walk).forEach(task -> walk.bean(TaskService.class).handleBpmnError(task.getId(), "Withdrawn"))),
    GIVE_ITS_TASKS_AWAY(walk ->
            tasks(walk).forEach(task -> walk.bean(TaskService.class).setAssignee(task.getId(), "admin")));

    private final Consumer<Walk> act;

    Sabotage(Consumer<Walk> act) {
        this.act = act;
    }

    void at(Walk walk) {
        walk.tries(
                "staff: " + this,
                () -> Thief.asStaff(walk, () -> {
                    act.accept(walk);
                    return null;
                }));
    }

    private static Consumer<Walk> eachInstance(BiConsumer<RuntimeService, ProcessInstance> act) {
        return each(Walk::instances, act, RuntimeService.class);
    }

    private static Consumer<Walk> eachJob(BiConsumer<ManagementService, Job> act) {
        return each(Walk::jobs, act, ManagementService.class);
    }

    private static Consumer<Walk> eachDefinition(BiConsumer<RepositoryService, String> act) {
        return each(Sabotage::definitions, act, RepositoryService.class);
    }

    /** What is refused for one may be allowed for another. */
    private static <S, T> Consumer<Walk> each(
            Function<Walk, ? extends Iterable<T>> those, BiConsumer<S, T> act, Class<S> service) {
        return walk ->
                those.apply(walk).forEach(one -> walk.tries("staff try it", () -> act.accept(walk.bean(service), one)));
    }

    private static Set<String> definitions(Walk walk) {
        return walk.instances().stream()
                .map(ProcessInstance::getProcessDefinitionId)
                .collect(Collectors.toSet());
    }

    private static Set<String> deployments(Walk walk) {
        RepositoryService repository = walk.bean(RepositoryService.class);
        return definitions(walk).stream()
                .map(definition -> repository.getProcessDefinition(definition).getDeploymentId())
                .collect(Collectors.toSet());
    }

    private static List<Task> tasks(Walk walk) {
        return walk.tasks();
    }
}
