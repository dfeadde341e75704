package org.accountsecurity.phoneunbinding;

import org.accountsecurity.contract.Variables;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Checks the number that the holder typed; a refusal is a message for the form, not an error. */
@Component
@Variables(
        reads = PhoneUnbindingProcess.NEW_PHONE,
        numbers = PhoneUnbindingProcess.NEW_PHONE,
        writes = {
            PhoneUnbindingProcess.NEW_PHONE_USABLE,
            PhoneUnbindingProcess.MASKED_TARGET,
            PhoneUnbindingProcess.MESSAGE
        })
class CheckNewPhoneDelegate implements JavaDelegate {

    private final PhoneChanges changes;

    CheckNewPhoneDelegate(PhoneChanges changes) {
        this.changes = changes;
    }

    @Override
    public void execute(DelegateExecution execution) {
        String usable = null;
        String message = null;
        try {
            usable = changes.propose(
                    execution.getProcessBusinessKey(), (String) execution.getVariable(PhoneUnbindingProcess.NEW_PHONE));
        } catch (PhoneNotUsableException e) {
            message = e.getMessage();
        }
        execution.setVariable(PhoneUnbindingProcess.NEW_PHONE_USABLE, usable != null);
        execution.setVariable(PhoneUnbindingProcess.MASKED_TARGET, usable);
        execution.setVariable(PhoneUnbindingProcess.MESSAGE, message);
    }
}
