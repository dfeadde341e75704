package org.accountsecurity.phoneunbinding;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Sends the notice of the change to the old number, the new number and the other addresses. */
@Component
class NotifyBothNumbersDelegate implements JavaDelegate {

    private final PhoneChanges changes;

    NotifyBothNumbersDelegate(PhoneChanges changes) {
        this.changes = changes;
    }

    @Override
    public void execute(DelegateExecution execution) {
        changes.fulfil(execution.getProcessBusinessKey());
    }
}
