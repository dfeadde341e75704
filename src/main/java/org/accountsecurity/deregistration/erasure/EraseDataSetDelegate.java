package org.accountsecurity.deregistration.erasure;

import java.util.Date;
import org.accountsecurity.contract.Variables;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Erases a part of a data set, and sets when the next part may follow. */
@Component
@Variables(reads = DataErasureProcess.DATA_SET, writes = DataErasureProcess.COMPLETE)
class EraseDataSetDelegate implements JavaDelegate {

    private final DataErasure erasure;

    EraseDataSetDelegate(DataErasure erasure) {
        this.erasure = erasure;
    }

    @Override
    public void execute(DelegateExecution execution) {
        DataErasure.Progress progress =
                erasure.erase(DataErasureProcess.requestOf(execution), DataErasureProcess.dataSetOf(execution));
        // of this data set: the others are asked at the same time
        execution.setVariableLocal(DataErasureProcess.COMPLETE, progress.complete());
        if (progress.notBefore() != null) {
            execution.setVariableLocal(
                    Variables.NOT_BEFORE,
                    org.camunda.bpm.engine.variable.Variables.dateValue(Date.from(progress.notBefore()), true));
        }
    }
}
