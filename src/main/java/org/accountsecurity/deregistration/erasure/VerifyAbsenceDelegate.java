package org.accountsecurity.deregistration.erasure;

import org.accountsecurity.contract.Variables;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Asks the data set whether it still holds records of the account. */
@Component
@Variables(reads = DataErasureProcess.DATA_SET)
class VerifyAbsenceDelegate implements JavaDelegate {

    private final DataErasure erasure;

    VerifyAbsenceDelegate(DataErasure erasure) {
        this.erasure = erasure;
    }

    @Override
    public void execute(DelegateExecution execution) {
        erasure.verify(DataErasureProcess.requestOf(execution), DataErasureProcess.dataSetOf(execution));
    }
}
