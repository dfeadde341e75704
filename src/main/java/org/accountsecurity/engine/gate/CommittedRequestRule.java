package org.accountsecurity.engine.gate;

import jakarta.ws.rs.core.Response.Status;
import java.util.Date;
import java.util.Locale;
import java.util.Set;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.impl.cfg.multitenancy.TenantCommandChecker;
import org.camunda.bpm.engine.impl.cmd.AbstractSetJobsRetriesBatchCmd;
import org.camunda.bpm.engine.impl.cmd.AbstractSetStateCmd;
import org.camunda.bpm.engine.impl.cmd.ExecuteJobsCmd;
import org.camunda.bpm.engine.impl.cmd.SetJobDuedateCmd;
import org.camunda.bpm.engine.impl.cmd.SetJobRetriesCmd;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.engine.rest.exception.InvalidRequestException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Protects requests past their point of no return from deletion, modification, migration, suspension and new variables,
 * by administrators and by Java code, too. The engine calls the checks for each command, also within batches. Failed
 * jobs can be retried; what the domain ends itself has ended before.
 */
public class CommittedRequestRule extends TenantCommandChecker {

    private static final String REFUSED =
            "A request past its point of no return can't be deleted, modified, migrated, suspended, put off or given other"
                    + " variables or assignees. Mend what fails, then raise the retries of the job or execute it; what its"
                    + " diagram leaves out is done within hours: docs/operations/runbook.md, ObligationOverdue";

    private static final String COMMITTED =
            " and e.ROOT_PROC_INST_ID_ in (select process_instance_id from holder_request"
                    + " where committed_at is not null and ended_at is null)";

    /** Harmless commands on a process instance; all others are refused. */
    private static final Set<String> HARMLESS = Set.of(
            "CreateIncidentCmd",
            "ResolveIncidentCmd",
            "SetAnnotationForIncidentCmd",
            "ClearAnnotationForIncidentCmd",
            "AddCommentCmd",
            "UpdateCommentCmd",
            "DeleteProcessInstanceCommentCmd",
            "DeleteTaskCommentCmd",
            "SetJobDefinitionPriorityCmd",
            "SetJobPriorityCmd",
            "UpdateProcessDefinitionHistoryTimeToLiveCmd",
            "UpdateDecisionDefinitionHistoryTimeToLiveCmd");

    private final JdbcClient jdbc;

    public CommittedRequestRule(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void checkDeleteProcessInstance(ExecutionEntity execution) {
        refuse("e.ID_ = ?", execution.getId());
    }

    @Override
    public void checkMigrateProcessInstance(ExecutionEntity instance, ProcessDefinition target) {
        refuse("e.ID_ = ?", instance.getId());
    }

    @Override
    public void checkUpdateProcessInstance(ExecutionEntity execution) {
        refuseUnlessHarmless("e.ID_ = ?", execution.getId());
    }

    @Override
    public void checkUpdateProcessInstanceById(String instance) {
        refuseUnlessHarmless("e.ID_ = ?", instance);
    }

    @Override
    public void checkUpdateProcessInstanceSuspensionStateById(String instance) {
        refuseUnlessHarmless("e.ID_ = ?", instance);
    }

    @Override
    public void checkUpdateProcessInstanceVariables(ExecutionEntity execution) {
        refuse("e.ID_ = ?", execution.getId());
    }

    @Override
    public void checkUpdateTaskVariable(TaskEntity task) {
        refuse("e.ID_ = ?", task.getProcessInstanceId());
    }

    /** Protects the assignee of holders only; staff may pass their tasks on. */
    @Override
    public void checkTaskAssign(TaskEntity task) {
        refuse(
                "exists (select 1 from ACT_RU_TASK t join holder_request h on h.account_id = t.ASSIGNEE_"
                        + " where t.ID_ = ? and t.PROC_INST_ID_ = e.ID_)",
                task.getId());
    }

    @Override
    public void checkUpdateJob(JobEntity job) {
        Command<?> command = command();
        boolean sooner = command instanceof SetJobDuedateCmd
                && isNow((Date) CommandFields.read(SetJobDuedateCmd.class, "newDuedate", command));
        if (!sooner && !(command instanceof ExecuteJobsCmd)) {
            refuseUnlessHarmless("e.ID_ = ?", job.getProcessInstanceId());
        }
    }

    @Override
    public void checkUpdateRetriesJob(JobEntity job) {
        refuseUnlessRaised("e.ID_ = ?", job.getProcessInstanceId());
    }

    @Override
    public void checkUpdateRetriesProcessInstanceByProcessDefinitionId(String definition) {
        refuseUnlessRaised("e.PROC_DEF_ID_ = ?", definition);
    }

    @Override
    public void checkCreateBatch(Permission permission) {
        if (command() instanceof AbstractSetJobsRetriesBatchCmd batch
                && (int) CommandFields.read(AbstractSetJobsRetriesBatchCmd.class, "retries", batch) == 0) {
            throw refused(REFUSED);
        }
    }

    @Override
    public void checkUpdateProcessDefinitionById(String definition) {
        refuseForDefinition(definition);
    }

    @Override
    public void checkUpdateProcessDefinitionSuspensionStateById(String definition) {
        refuseForDefinition(definition);
    }

    @Override
    public void checkUpdateProcessInstanceByProcessDefinitionId(String definition) {
        refuseForDefinition(definition);
    }

    @Override
    public void checkUpdateProcessInstanceSuspensionStateByProcessDefinitionId(String definition) {
        refuseForDefinition(definition);
    }

    @Override
    public void checkUpdateProcessDefinitionByKey(String key) {
        refuseForKey(key);
    }

    @Override
    public void checkUpdateProcessDefinitionSuspensionStateByKey(String key) {
        refuseForKey(key);
    }

    @Override
    public void checkUpdateProcessInstanceByProcessDefinitionKey(String key) {
        refuseForKey(key);
    }

    @Override
    public void checkUpdateProcessInstanceSuspensionStateByProcessDefinitionKey(String key) {
        refuseForKey(key);
    }

    @Override
    public void checkDeleteProcessDefinitionById(String definition) {
        refuseForDefinition(definition);
    }

    @Override
    public void checkDeleteProcessDefinitionByKey(String key) {
        refuseForKey(key);
    }

    @Override
    public void checkDeleteDeployment(String deployment) {
        refuse("e.PROC_DEF_ID_ in (select ID_ from ACT_RE_PROCDEF where DEPLOYMENT_ID_ = ?)", deployment);
    }

    private void refuseForDefinition(String definition) {
        refuseLater();
        refuseUnlessHarmless("e.PROC_DEF_ID_ = ?", definition);
    }

    private void refuseForKey(String key) {
        refuseLater();
        refuseUnlessHarmless("e.PROC_DEF_ID_ in (select ID_ from ACT_RE_PROCDEF where KEY_ = ?)", key);
    }

    /** Refuses a suspension for later, as by then requests may be past their point of no return. */
    private static void refuseLater() {
        if (command() instanceof AbstractSetStateCmd state
                && isSuspension(state)
                && CommandFields.read(AbstractSetStateCmd.class, "executionDate", state) != null) {
            throw refused("A suspension can't be set for later: requests may be past their point of no"
                    + " return by then. Suspend at once, or leave it");
        }
    }

    private void refuseUnlessRaised(String which, String id) {
        Command<?> command = command();
        boolean raised = !(command instanceof SetJobRetriesCmd)
                || (int) CommandFields.read(SetJobRetriesCmd.class, "retries", command) > 0
                        && (!(boolean) CommandFields.read(SetJobRetriesCmd.class, "isDueDateSet", command)
                                || isNow((Date) CommandFields.read(SetJobRetriesCmd.class, "dueDate", command)));
        if (!raised) {
            refuse(which, id);
        }
    }

    private void refuseUnlessHarmless(String which, String id) {
        Command<?> command = command();
        String name = command.getClass().getSimpleName();
        boolean activates = command instanceof AbstractSetStateCmd && !isSuspension(command);
        if (!activates && !HARMLESS.contains(name) && !name.contains("ExternalTask")) {
            refuse(which, id);
        }
    }

    private void refuse(String which, String id) {
        boolean committed = jdbc.sql("select count(*) from ACT_RU_EXECUTION e where " + which + COMMITTED)
                        .param(id)
                        .query(Long.class)
                        .single()
                > 0;
        if (committed) {
            throw refused(REFUSED);
        }
    }

    /** An exception that the REST interface answers as 400; for some commands it makes a 500 of the engine's own. */
    private static InvalidRequestException refused(String sentence) {
        return new InvalidRequestException(Status.BAD_REQUEST, sentence);
    }

    private static Command<?> command() {
        return Context.getCommandInvocationContext().getCommand();
    }

    private static boolean isSuspension(Command<?> command) {
        return command.getClass().getSimpleName().toLowerCase(Locale.ROOT).startsWith("suspend");
    }

    private static boolean isNow(Date time) {
        return time != null && !time.after(ClockUtil.getCurrentTime());
    }
}
