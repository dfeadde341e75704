package org.accountsecurity.engine;

import org.accountsecurity.engine.identity.Groups;
import org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.impl.cfg.auth.DefaultAuthorizationProvider;
import org.camunda.bpm.engine.impl.persistence.entity.AuthorizationEntity;
import org.camunda.bpm.engine.repository.Deployment;
import org.camunda.bpm.engine.repository.ProcessDefinition;

/** The authorizations that a deployment creates or changes, in its own transaction. */
class DeploymentRights extends DefaultAuthorizationProvider {

    /**
     * Creates no authorization for the user who deploys: to delete a deployment deletes its running requests, too, and
     * the engine checks no authorization for those.
     */
    @Override
    public AuthorizationEntity[] newDeployment(Deployment deployment) {
        return null;
    }

    /** Lets holders start the processes that are startable in Tasklist, and read those that were. */
    @Override
    public AuthorizationEntity[] newProcessDefinition(ProcessDefinition process) {
        AuthorizationEntity right =
                getGrantAuthorizationByGroupId(Groups.ACCOUNT_HOLDER, Resources.PROCESS_DEFINITION, process.getKey());
        if (process.isStartableInTasklist()) {
            if (right == null) {
                right = createGrantAuthorization(
                        null, Groups.ACCOUNT_HOLDER, Resources.PROCESS_DEFINITION, process.getKey());
            }
            addPermissions(right, ProcessDefinitionPermissions.READ, ProcessDefinitionPermissions.CREATE_INSTANCE);
        } else if (right != null) {
            right.removePermission(ProcessDefinitionPermissions.CREATE_INSTANCE);
        }
        return right == null ? null : new AuthorizationEntity[] {right};
    }
}
