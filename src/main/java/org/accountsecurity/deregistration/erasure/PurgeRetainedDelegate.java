package org.accountsecurity.deregistration.erasure;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
class PurgeRetainedDelegate implements JavaDelegate {

    private final RetentionPurge purge;

    PurgeRetainedDelegate(RetentionPurge purge) {
        this.purge = purge;
    }

    @Override
    public void execute(DelegateExecution execution) {
        execution.setVariable(DataErasureProcess.COMPLETE, purge.purge());
    }
}
