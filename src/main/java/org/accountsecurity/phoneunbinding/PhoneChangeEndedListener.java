package org.accountsecurity.phoneunbinding;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.springframework.stereotype.Component;

/** Ends the request with its process, at any end event or by deletion; an instance without a request is skipped. */
@Component
class PhoneChangeEndedListener implements ExecutionListener {

    private final PhoneChanges changes;

    PhoneChangeEndedListener(PhoneChanges changes) {
        this.changes = changes;
    }

    @Override
    public void notify(DelegateExecution execution) {
        String request = execution.getProcessBusinessKey();
        if (request != null) {
            changes.end(request, execution.getCurrentActivityId());
        }
    }
}
