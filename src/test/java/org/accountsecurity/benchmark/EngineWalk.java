package org.accountsecurity.benchmark;

import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.accountsecurity.deregistration.export.ExportMaking;
import org.accountsecurity.engine.identity.Groups;
import org.accountsecurity.gateway.SilentGateways;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The work as the engine does it: asked as Tasklist asks, its due jobs done at once by whoever waits for them. */
final class EngineWalk implements Walk {

    /** The copy that was ordered. */
    static final String COPY = "copy";

    private static final long MARGIN_MILLISECONDS = 1_000;

    private final FormService forms;
    private final IdentityService identity;
    private final RepositoryService repository;
    private final TaskService tasks;
    private final ManagementService management;
    private final SilentGateways gateways;
    private final ExportMaking copies;
    private final TransactionTemplate transaction;
    /** Null where the engine makes them itself. */
    private final ShownValues shown;

    private final JdbcClient driver;

    private record DueJob(String id, String activity) {}

    /** @param driver of connections that nobody counts */
    EngineWalk(ApplicationContext context, boolean makesValues, JdbcClient driver) {
        this.forms = context.getBean(FormService.class);
        this.identity = context.getBean(IdentityService.class);
        this.repository = context.getBean(RepositoryService.class);
        this.tasks = context.getBean(TaskService.class);
        this.management = context.getBean(ManagementService.class);
        this.gateways = context.getBean(SilentGateways.class);
        this.copies = context.getBean(ExportMaking.class);
        this.transaction = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
        this.shown = makesValues ? null : new ShownValues(context);
        this.driver = driver;
    }

    @Override
    public void walk(Work work, Holder holder, String until, Latencies latencies) {
        String definition = repository
                .createProcessDefinitionQuery()
                .processDefinitionKey(work.process())
                .latestVersion()
                .singleResult()
                .getId();
        as(holder);
        String instance = latencies.of(
                "start", () -> forms.submitStartForm(definition, Map.of()).getId());
        if (work == Work.DEREGISTRATION) {
            identity.clearAuthentication();
            latencies.of(COPY, copies::makeNext);
        }
        List<String> answered = new ArrayList<>();
        for (int step = 0; step < MOST_STEPS; step++) {
            identity.clearAuthentication();
            doJobs(instance, latencies);
            as(holder);
            Task task = latencies.of("read", () -> read(holder, instance));
            if (task == null || task.getTaskDefinitionKey().equals(until)) {
                identity.clearAuthentication();
                return;
            }
            answered.add(task.getTaskDefinitionKey());
            Map<String, Object> answer = holder.answer(task.getTaskDefinitionKey(), gateways::take);
            latencies.of(task.getTaskDefinitionKey(), () -> submit(work, holder, instance, task, answer));
        }
        throw new IllegalStateException(holder + " goes in circles: " + answered);
    }

    private void submit(Work work, Holder holder, String instance, Task task, Map<String, Object> answer) {
        if (shown == null) {
            forms.submitTaskForm(task.getId(), answer);
            return;
        }
        String request = requestOf(instance);
        transaction.executeWithoutResult(status -> {
            // on the application's behalf, as our own engine writes it down
            identity.clearAuthentication();
            shown.answered(work, task.getTaskDefinitionKey(), request, holder);
            as(holder);
            forms.submitTaskForm(task.getId(), answer);
        });
    }

    private void as(Holder holder) {
        identity.setAuthentication(holder.account(), List.of(Groups.ACCOUNT_HOLDER));
    }

    private Task read(Holder holder, String instance) {
        Task task = tasks.createTaskQuery().taskAssignee(holder.account()).list().stream()
                .findFirst()
                .orElse(null);
        if (task != null) {
            forms.getTaskFormVariables(task.getId(), null, false);
            if (shown != null) {
                // on the application's behalf, as our own engine makes them
                identity.clearAuthentication();
                shown.of(task.getTaskDefinitionKey(), requestOf(instance));
                as(holder);
            }
        }
        return task;
    }

    private String requestOf(String instance) {
        return driver.sql("select id from holder_request where process_instance_id = ?")
                .param(instance)
                .query(String.class)
                .single();
    }

    private void doJobs(String instance, Latencies latencies) {
        for (List<DueJob> due = due(instance); !due.isEmpty(); due = due(instance)) {
            due.forEach(job -> latencies.of(job.activity(), () -> management.executeJob(job.id())));
        }
    }

    private List<DueJob> due(String instance) {
        return driver.sql("select j.ID_ as id, d.ACT_ID_ as activity from ACT_RU_JOB j"
                        + " join ACT_RU_JOBDEF d on d.ID_ = j.JOB_DEF_ID_"
                        + " where j.ROOT_PROC_INST_ID_ = ? and (j.DUEDATE_ is null or j.DUEDATE_ <= ?)")
                .params(instance, new Timestamp(System.currentTimeMillis() + MARGIN_MILLISECONDS))
                .query(DueJob.class)
                .list();
    }
}
