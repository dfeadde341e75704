package org.accountsecurity.phoneunbinding;

import org.accountsecurity.contest.RequestOpening;
import org.accountsecurity.contest.RequestRefusedException;
import org.accountsecurity.contract.Raises;
import org.accountsecurity.contract.Variables;
import org.camunda.bpm.engine.delegate.BpmnError;
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
        try {
            RequestOpening.Opened opened = opening.open(
                    PhoneUnbindingProcess.KEY, execution.getProcessInstanceId(), execution.getProcessDefinitionId());
            changes.owe(opened.requestId());
            execution.setProcessBusinessKey(opened.requestId());
            execution.setVariable(RequestOpening.SUBJECT, opened.holder());
            execution.setVariable(
                    PhoneUnbindingProcess.HOLDER_VERIFICATION_REQUIRED,
                    changes.holderVerificationRequired(opened.requestId()));
        } catch (RequestRefusedException e) {
            execution.setProcessBusinessKey(e.requestId());
            throw new BpmnError(e.error(), e);
        }
    }
}
