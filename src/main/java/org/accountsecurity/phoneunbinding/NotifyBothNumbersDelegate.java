package org.accountsecurity.phoneunbinding;

import org.accountsecurity.contract.OwnTransaction;
import org.accountsecurity.contract.Requires;
import org.accountsecurity.contract.WorksOn;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
@WorksOn(openedBy = "openPhoneChangeDelegate")
@OwnTransaction
@Requires(executed = "rebindPhoneDelegate")
class NotifyBothNumbersDelegate implements JavaDelegate {

    private final PhoneChanges changes;

    NotifyBothNumbersDelegate(PhoneChanges changes) {
        this.changes = changes;
    }

    @Override
    public void execute(DelegateExecution execution) {
        changes.notifyBothNumbers(execution.getProcessBusinessKey());
    }
}
