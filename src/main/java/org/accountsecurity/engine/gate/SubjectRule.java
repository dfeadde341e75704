package org.accountsecurity.engine.gate;

import org.accountsecurity.engine.identity.Groups;
import org.accountsecurity.engine.identity.TaskRequests;
import org.accountsecurity.request.HolderRequests;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.impl.cfg.auth.AuthorizationCommandChecker;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.repository.ProcessDefinition;

/**
 * Lets only the assignee work on a task, and only the account of the request on a task of its holder, administrators
 * included. Lets holders start the newest version only.
 */
public class SubjectRule extends AuthorizationCommandChecker {

    private final HolderRequests requests;
    private final TaskRequests taskRequests;

    public SubjectRule(HolderRequests requests, TaskRequests taskRequests) {
        this.requests = requests;
        this.taskRequests = taskRequests;
    }

    @Override
    public void checkTaskWork(TaskEntity task) {
        if (isHolders(task)) {
            return;
        }
        super.checkTaskWork(task);
        Authentication authentication = Context.getCommandContext().getAuthentication();
        if (authentication != null
                && task.getAssignee() != null
                && !task.getAssignee().equals(authentication.getUserId())) {
            throw new AuthorizationException("only its assignee may work on a task");
        }
    }

    @Override
    public void checkReadTask(TaskEntity task) {
        if (!isHolders(task)) {
            super.checkReadTask(task);
        }
    }

    @Override
    public void checkReadTaskVariable(TaskEntity task) {
        if (!isHolders(task)) {
            super.checkReadTaskVariable(task);
        }
    }

    /**
     * Whether a holder asks for a task of their own; the authorizations in the engine's table, which follow the
     * assignee, are not needed then.
     *
     * @throws AuthorizationException if a holder asks for the task of another account
     */
    private boolean isHolders(TaskEntity task) {
        Authentication authentication = Context.getCommandContext().getAuthentication();
        if (authentication == null || !Groups.isHolder(authentication)) {
            return false;
        }
        boolean own = authentication.getUserId().equals(task.getAssignee())
                && task.getProcessInstanceId() != null
                && authentication.getUserId().equals(requests.accountOf(taskRequests.of(task)));
        if (!own) {
            throw new AuthorizationException("only its assignee, who is its subject, may work on a task");
        }
        return true;
    }

    /** An old version has old limits. */
    @Override
    public void checkCreateProcessInstance(ProcessDefinition processDefinition) {
        super.checkCreateProcessInstance(processDefinition);
        Authentication authentication = Context.getCommandContext().getAuthentication();
        if (authentication != null && Groups.isHolder(authentication)) {
            ProcessDefinitionEntity newest = Context.getCommandContext()
                    .getProcessDefinitionManager()
                    .findLatestProcessDefinitionByKey(processDefinition.getKey());
            if (!newest.getId().equals(processDefinition.getId())) {
                throw new AuthorizationException("only the newest version may be started");
            }
        }
    }
}
