package org.accountsecurity.deregistration.erasure;

import org.accountsecurity.contract.OwnTransaction;
import org.accountsecurity.contract.Recurs;
import org.accountsecurity.contract.Repeats;
import org.accountsecurity.contract.Variables;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
@Recurs(process = "retention-purge")
@OwnTransaction
@Repeats(until = DataErasureProcess.COMPLETE)
@Variables(writes = DataErasureProcess.COMPLETE, flags = DataErasureProcess.COMPLETE)
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
