package org.accountsecurity.engine;

import org.accountsecurity.engine.identity.Groups;
import org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.impl.cfg.auth.DefaultAuthorizationProvider;
import org.camunda.bpm.engine.impl.persistence.entity.AuthorizationEntity;
import org.camunda.bpm.engine.repository.Deployment;
import org.camunda.bpm.engine.repository.ProcessDefinition;

/** What a deployment changes in rights, in the transaction and under the lock of the deployment. */
class DeploymentRights extends DefaultAuthorizationProvider {

    /**
     * Gives whoever has deployed no right to take it back: a deployment can be deleted together with the requests that run
     * on it, and the engine asks for no right to these.
     */
    @Override
    public AuthorizationEntity[] newDeployment(Deployment deployment) {
        return null;
    }

    /** Holders may start what is startable in Tasklist, and nothing else; they may go on reading what they have started. */
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
