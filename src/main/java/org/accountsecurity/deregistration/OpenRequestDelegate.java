package org.accountsecurity.deregistration;

import org.accountsecurity.contest.RequestOpening;
import org.accountsecurity.contract.Raises;
import org.accountsecurity.contract.Variables;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Opens the deregistration of the holder who is logged in, and sets its deadline. */
@Component
@Variables(
        writes = {RequestOpening.SUBJECT, DeregistrationProcess.DEADLINE_AT, DeregistrationProcess.SECOND_WARNING_AT},
        dates = {DeregistrationProcess.DEADLINE_AT, DeregistrationProcess.SECOND_WARNING_AT})
@Raises({RequestOpening.ERROR_ALREADY_REQUESTED, RequestOpening.ERROR_RESTRICTED})
class OpenRequestDelegate implements JavaDelegate {

    private final RequestOpening opening;
    private final Deregistrations deregistrations;
    private final DeregistrationDeadline deadline;

    OpenRequestDelegate(RequestOpening opening, Deregistrations deregistrations, DeregistrationDeadline deadline) {
        this.opening = opening;
        this.deregistrations = deregistrations;
        this.deadline = deadline;
    }

    @Override
    public void execute(DelegateExecution execution) {
        deregistrations.opened(opening.open(execution, DeregistrationProcess.KEY));
        execution.setVariable(DeregistrationProcess.DEADLINE_AT, deadline.end());
        execution.setVariable(DeregistrationProcess.SECOND_WARNING_AT, deadline.secondWarning());
    }
}
