package org.accountsecurity.deregistration.erasure;

import org.accountsecurity.contract.Variables;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
@Variables(writes = DataErasureProcess.COMPLETE)
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
