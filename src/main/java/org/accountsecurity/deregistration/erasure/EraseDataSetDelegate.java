package org.accountsecurity.deregistration.erasure;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
class EraseDataSetDelegate implements JavaDelegate {

    private final DataErasure erasure;

    EraseDataSetDelegate(DataErasure erasure) {
        this.erasure = erasure;
    }

    @Override
    public void execute(DelegateExecution execution) {
        boolean complete =
                erasure.erase(DataErasureProcess.requestOf(execution), DataErasureProcess.dataSetOf(execution));
        execution.setVariable(DataErasureProcess.COMPLETE, complete);
    }
}
