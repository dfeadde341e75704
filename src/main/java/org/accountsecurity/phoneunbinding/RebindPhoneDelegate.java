package org.accountsecurity.phoneunbinding;

import org.accountsecurity.contract.Asks;
import org.accountsecurity.contract.PointOfNoReturn;
import org.accountsecurity.contract.Raises;
import org.accountsecurity.contract.Requires;
import org.accountsecurity.contract.WorksOn;
import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
@WorksOn(openedBy = "openPhoneChangeDelegate")
@Asks(field = "choice", yes = "CONFIRM", label = "确认更换", shows = PhoneUnbindingProcess.MASKED_TARGET)
@PointOfNoReturn(followedBy = "notifyBothNumbersDelegate")
@Requires(
        executed = "checkNewPhoneDelegate",
        said = PhoneUnbindingProcess.NEW_PHONE_USABLE,
        verified = "NEW_PHONE",
        confirmed = "choice == 'CONFIRM'")
@Raises(value = PhoneUnbindingProcess.ERROR_PHONE_TAKEN, writes = PhoneUnbindingProcess.MESSAGE)
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
        }
    }
}
