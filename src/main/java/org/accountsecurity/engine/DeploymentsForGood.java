package org.accountsecurity.engine;

import org.camunda.bpm.engine.impl.cfg.auth.DefaultAuthorizationProvider;
import org.camunda.bpm.engine.impl.persistence.entity.AuthorizationEntity;
import org.camunda.bpm.engine.repository.Deployment;

/**
 * Gives whoever has deployed no right to take it back: a deployment can be deleted together with the requests that run on
 * it, and the engine asks for no right to these.
 */
class DeploymentsForGood extends DefaultAuthorizationProvider {

    @Override
    public AuthorizationEntity[] newDeployment(Deployment deployment) {
        return null;
    }
}
