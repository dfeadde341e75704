package org.accountsecurity.deregistration;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.springframework.stereotype.Component;

/** Ends the request with its process, whichever way out that took; an instance without a request has none to end. */
@Component
class DeregistrationEndedListener implements ExecutionListener {

    private final Deregistrations deregistrations;

    DeregistrationEndedListener(Deregistrations deregistrations) {
        this.deregistrations = deregistrations;
    }

    @Override
    public void notify(DelegateExecution execution) {
        String request = DeregistrationProcess.requestOf(execution);
        if (request != null) {
            deregistrations.end(request, execution.getCurrentActivityId());
        }
    }
}
