package org.accountsecurity.deregistration.erasure;

import org.accountsecurity.contract.Variables;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Records a data set that was not erased in time, for the task of staff. */
@Component
@Variables(
        reads = DataErasureProcess.DATA_SET,
        writes = {DataErasureProcess.STUCK_DATA_SET, DataErasureProcess.FAILURE})
class RecordFailureDelegate implements JavaDelegate {

    private final StuckErasures stuck;
    private final ErasurePlan plan;

    RecordFailureDelegate(StuckErasures stuck, ErasurePlan plan) {
        this.stuck = stuck;
        this.plan = plan;
    }

    @Override
    public void execute(DelegateExecution execution) {
        String dataSet = DataErasureProcess.dataSetOf(execution);
        String request = DataErasureProcess.requestOf(execution);
        String failure = stuck.record(request, execution.getProcessInstanceId(), dataSet);
        execution.setVariableLocal(
                DataErasureProcess.STUCK_DATA_SET, plan.of(request, dataSet).label());
        execution.setVariableLocal(DataErasureProcess.FAILURE, failure);
    }
}
