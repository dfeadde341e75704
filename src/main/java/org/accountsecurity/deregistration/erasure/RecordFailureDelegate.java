package org.accountsecurity.deregistration.erasure;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
class RecordFailureDelegate implements JavaDelegate {

    private final StuckErasures stuck;
    private final RetentionTable retention;

    RecordFailureDelegate(StuckErasures stuck, RetentionTable retention) {
        this.stuck = stuck;
        this.retention = retention;
    }

    @Override
    public void execute(DelegateExecution execution) {
        String dataSet = DataErasureProcess.dataSetOf(execution);
        String failure =
                stuck.record(DataErasureProcess.requestOf(execution), execution.getProcessInstanceId(), dataSet);
        execution.setVariableLocal(
                DataErasureProcess.STUCK_DATA_SET, retention.of(dataSet).label());
        execution.setVariableLocal(DataErasureProcess.FAILURE, failure);
    }
}
