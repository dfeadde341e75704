package org.accountsecurity.deregistration;

import java.util.Date;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Takes the holder from the login of this transaction; no variable, key or initiator decides who is meant. */
@Component
class OpenRequestDelegate implements JavaDelegate {

    /** In working days before the request must be finished. */
    private static final int FIRST_WARNING = 5;

    private static final int SECOND_WARNING = 2;

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
            String request = deregistrations.open(holder, execution.getProcessInstanceId());
            execution.setProcessBusinessKey(request);
            execution.setVariable(DeregistrationProcess.SUBJECT, holder);
            execution.setVariable(
                    DeregistrationProcess.FIRST_WARNING_AT, Date.from(deregistrations.warning(request, FIRST_WARNING)));
            execution.setVariable(
                    DeregistrationProcess.SECOND_WARNING_AT,
                    Date.from(deregistrations.warning(request, SECOND_WARNING)));
        } catch (NotOpenedException e) {
            throw new BpmnError(DeregistrationProcess.ERROR_ALREADY_REQUESTED, e);
        }
    }
}
