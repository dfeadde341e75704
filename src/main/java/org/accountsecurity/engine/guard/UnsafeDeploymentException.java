package org.accountsecurity.engine.guard;

import org.camunda.bpm.engine.exception.NotValidException;

/** Says, a line for each finding, why a deployment was refused. */
public class UnsafeDeploymentException extends NotValidException {

    UnsafeDeploymentException(String findings) {
        this("这次部署没有通过安全检查：", findings);
    }

    protected UnsafeDeploymentException(String headline, String findings) {
        super(headline + "\n" + findings);
    }
}
