package org.accountsecurity.deregistration.erasure;

import org.accountsecurity.contract.Variables;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Starts the job of a stuck data set again. */
@Component
@Variables(reads = DataErasureProcess.DATA_SET)
class RetryErasureDelegate implements JavaDelegate {

    private final StuckErasures stuck;

    RetryErasureDelegate(StuckErasures stuck) {
        this.stuck = stuck;
    }

    @Override
    public void execute(DelegateExecution execution) {
        stuck.retry(execution.getProcessInstanceId(), DataErasureProcess.dataSetOf(execution));
    }
}
