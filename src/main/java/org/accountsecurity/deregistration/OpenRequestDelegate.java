package org.accountsecurity.deregistration;

import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Takes the holder from the login of this transaction; no variable, key or initiator decides who is meant. */
@Component
class OpenRequestDelegate implements JavaDelegate {

    private final Deregistrations deregistrations;
    private final IdentityService identity;

    OpenRequestDelegate(Deregistrations deregistrations, IdentityService identity) {
        this.deregistrations = deregistrations;
        this.identity = identity;
    }

    @Override
    public void execute(DelegateExecution execution) {
        String holder = identity.getCurrentAuthentication().getUserId();
        try {
            execution.setProcessBusinessKey(deregistrations.open(holder, execution.getProcessInstanceId()));
            execution.setVariable(DeregistrationProcess.SUBJECT, holder);
        } catch (NotOpenedException e) {
            throw new BpmnError(DeregistrationProcess.ERROR_ALREADY_REQUESTED, e);
        }
    }
}
