package org.accountsecurity.phoneunbinding;

import org.accountsecurity.contract.Raises;
import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** The commit point: binds the new number, or raises PhoneTaken or NotReady with a sentence for the holder. */
@Component
@Raises(
        value = {PhoneUnbindingProcess.ERROR_PHONE_TAKEN, PhoneUnbindingProcess.ERROR_NOT_READY},
        writes = {PhoneUnbindingProcess.MESSAGE, PhoneUnbindingProcess.NOT_READY_REASON})
class RebindPhoneDelegate implements JavaDelegate {

    private final PhoneChanges changes;

    RebindPhoneDelegate(PhoneChanges changes) {
        this.changes = changes;
    }

    @Override
    public void execute(DelegateExecution execution) {
        try {
            changes.rebind(execution.getProcessBusinessKey());
        } catch (PhoneNotUsableException e) {
            execution.setVariable(PhoneUnbindingProcess.MESSAGE, e.getMessage());
            throw new BpmnError(PhoneUnbindingProcess.ERROR_PHONE_TAKEN, e);
        } catch (NotReadyToRebindException e) {
            execution.setVariable(PhoneUnbindingProcess.NOT_READY_REASON, e.getMessage());
            throw new BpmnError(PhoneUnbindingProcess.ERROR_NOT_READY, e);
        }
    }
}
