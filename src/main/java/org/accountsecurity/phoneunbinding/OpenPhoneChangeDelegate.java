package org.accountsecurity.phoneunbinding;

import org.accountsecurity.contest.RequestOpening;
import org.accountsecurity.contract.Raises;
import org.accountsecurity.contract.Variables;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Opens the phone change of the holder who is logged in. */
@Component
@Variables(writes = {RequestOpening.SUBJECT, PhoneUnbindingProcess.HOLDER_VERIFICATION_REQUIRED})
@Raises({RequestOpening.ERROR_ALREADY_REQUESTED, RequestOpening.ERROR_RESTRICTED})
class OpenPhoneChangeDelegate implements JavaDelegate {

    private final RequestOpening opening;
    private final PhoneChanges changes;

    OpenPhoneChangeDelegate(RequestOpening opening, PhoneChanges changes) {
        this.opening = opening;
        this.changes = changes;
    }

    @Override
    public void execute(DelegateExecution execution) {
        String request = opening.open(execution, PhoneUnbindingProcess.KEY);
        changes.owe(request);
        execution.setVariable(
                PhoneUnbindingProcess.HOLDER_VERIFICATION_REQUIRED, changes.holderVerificationRequired(request));
    }
}
