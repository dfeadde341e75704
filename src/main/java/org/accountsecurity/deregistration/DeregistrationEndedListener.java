package org.accountsecurity.deregistration;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.springframework.stereotype.Component;

/** Ends the request with its process, at any end event or by deletion; an instance without a request is skipped. */
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
