package org.accountsecurity.deregistration;

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
@Variables(
        writes = {
            DeregistrationProcess.SUBJECT,
            DeregistrationProcess.DEADLINE_AT,
            DeregistrationProcess.SECOND_WARNING_AT
        },
        dates = {DeregistrationProcess.DEADLINE_AT, DeregistrationProcess.SECOND_WARNING_AT})
@Raises({DeregistrationProcess.ERROR_ALREADY_REQUESTED, DeregistrationProcess.ERROR_RESTRICTED})
class OpenRequestDelegate implements JavaDelegate {

    private final Deregistrations deregistrations;
    private final DeregistrationDeadline deadline;
    private final HolderRequests requests;
    private final IdentityService identity;

    OpenRequestDelegate(
            Deregistrations deregistrations,
            DeregistrationDeadline deadline,
            HolderRequests requests,
            IdentityService identity) {
        this.deregistrations = deregistrations;
        this.deadline = deadline;
        this.requests = requests;
        this.identity = identity;
    }

    @Override
    public void execute(DelegateExecution execution) {
        String holder = identity.getCurrentAuthentication().getUserId();
        try {
            String request =
                    deregistrations.open(holder, execution.getProcessInstanceId(), execution.getProcessDefinitionId());
            execution.setProcessBusinessKey(request);
            execution.setVariable(DeregistrationProcess.SUBJECT, holder);
            execution.setVariable(DeregistrationProcess.DEADLINE_AT, deadline.end());
            execution.setVariable(DeregistrationProcess.SECOND_WARNING_AT, deadline.secondWarning());
        } catch (NotOpenedException e) {
            refuse(holder, execution);
            throw new BpmnError(DeregistrationProcess.ERROR_ALREADY_REQUESTED, e);
        } catch (AccountRestrictedException e) {
            refuse(holder, execution);
            throw new BpmnError(DeregistrationProcess.ERROR_RESTRICTED, e);
        }
    }

    private void refuse(String holder, DelegateExecution execution) {
        execution.setProcessBusinessKey(requests.refuse(
                DeregistrationProcess.KEY,
                holder,
                execution.getProcessInstanceId(),
                execution.getProcessDefinitionId()));
    }
}
