package org.accountsecurity.engine.status;

import java.util.function.BiConsumer;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ProcessInstance;

/** What an administrator can do to a request that waits at its notice. */
enum Stranding {
    DELETED((engine, request) ->
            engine.getRuntimeService().deleteProcessInstance(request.getId(), "without its listeners", true)),
    CANCELLED((engine, request) -> engine.getRuntimeService()
            .createProcessInstanceModification(request.getId())
            .cancelAllForActivity("UserTask_ReadNotice")
            .execute(true, true)),
    MOVED((engine, request) -> engine.getRuntimeService()
            .createProcessInstanceModification(request.getId())
            .cancelAllForActivity("UserTask_ReadNotice")
            .startBeforeActivity("UserTask_AcknowledgeResult")
            .execute()),
    MIGRATED((engine, request) -> {
        RuntimeService runtime = engine.getRuntimeService();
        String other = engine.getRepositoryService()
                .createProcessDefinitionQuery()
                .processDefinitionKey("contested-request")
                .latestVersion()
                .singleResult()
                .getId();
        runtime.newMigration(runtime.createMigrationPlan(request.getProcessDefinitionId(), other)
                        .mapActivities("UserTask_ReadNotice", "UserTask_HandleContest")
                        .build())
                .processInstanceIds(request.getId())
                .execute();
    }),
    ANOTHER_SUBJECT((engine, request) -> {
        engine.getRuntimeService().setVariable(request.getId(), "subject", "acct-10004");
        engine.getTaskService()
                .createTaskQuery()
                .processInstanceId(request.getId())
                .list()
                .forEach(task -> engine.getTaskService().setAssignee(task.getId(), "acct-10004"));
    }),
    SUSPENDED((engine, request) -> engine.getRuntimeService().suspendProcessInstanceById(request.getId())),
    DEPLOYMENT_DELETED((engine, request) -> engine.getRepositoryService()
            .deleteDeployment(
                    engine.getRepositoryService()
                            .getProcessDefinition(request.getProcessDefinitionId())
                            .getDeploymentId(),
                    true,
                    true));

    private final BiConsumer<ProcessEngine, ProcessInstance> way;

    Stranding(BiConsumer<ProcessEngine, ProcessInstance> way) {
        this.way = way;
    }

    void of(ProcessEngine engine, ProcessInstance request) {
        way.accept(engine, request);
    }
}
