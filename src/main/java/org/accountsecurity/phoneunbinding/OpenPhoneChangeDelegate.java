package org.accountsecurity.phoneunbinding;

import org.accountsecurity.contest.AccountRestrictedException;
import org.accountsecurity.contract.Raises;
import org.accountsecurity.contract.Variables;
import org.accountsecurity.request.HolderRequests;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Takes the holder from the login of this transaction; no variable, key or initiator decides who is meant. */
@Component
@Variables(writes = {PhoneUnbindingProcess.SUBJECT, PhoneUnbindingProcess.HOLDER_VERIFICATION_REQUIRED})
@Raises({PhoneUnbindingProcess.ERROR_ALREADY_REQUESTED, PhoneUnbindingProcess.ERROR_RESTRICTED})
class OpenPhoneChangeDelegate implements JavaDelegate {

    private final PhoneChanges changes;
    private final HolderRequests requests;
    private final IdentityService identity;

    OpenPhoneChangeDelegate(PhoneChanges changes, HolderRequests requests, IdentityService identity) {
        this.changes = changes;
        this.requests = requests;
        this.identity = identity;
    }

    @Override
    public void execute(DelegateExecution execution) {
        String holder = identity.getCurrentAuthentication().getUserId();
        try {
            String request = changes.open(holder, execution.getProcessInstanceId(), execution.getProcessDefinitionId());
            execution.setProcessBusinessKey(request);
            execution.setVariable(PhoneUnbindingProcess.SUBJECT, holder);
            execution.setVariable(
                    PhoneUnbindingProcess.HOLDER_VERIFICATION_REQUIRED, changes.holderVerificationRequired(request));
        } catch (NotOpenedException e) {
            refuse(holder, execution);
            throw new BpmnError(PhoneUnbindingProcess.ERROR_ALREADY_REQUESTED, e);
        } catch (AccountRestrictedException e) {
            refuse(holder, execution);
            throw new BpmnError(PhoneUnbindingProcess.ERROR_RESTRICTED, e);
        }
    }

    private void refuse(String holder, DelegateExecution execution) {
        execution.setProcessBusinessKey(requests.refuse(
                PhoneUnbindingProcess.KEY,
                holder,
                execution.getProcessInstanceId(),
                execution.getProcessDefinitionId()));
    }
}
