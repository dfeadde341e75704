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
 * Who works on a task is its assignee, and the assignee of an account holder's task is the account of the request:
 * nobody, administrators included, answers for somebody else. What a holder starts is the newest version.
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
     * Whether a holder asks, for a task of their own. That decides alone: the engine's rows of authorizations are made from
     * the assignee, and say no more.
     *
     * @throws AuthorizationException if a holder asks for another's
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

    /** An old version would bring its old limits with it. */
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
