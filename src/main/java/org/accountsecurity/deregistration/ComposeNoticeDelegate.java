package org.accountsecurity.deregistration;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Composes the notice that the holder reads before consenting. */
@Component
class ComposeNoticeDelegate implements JavaDelegate {

    private final Deregistrations deregistrations;

    ComposeNoticeDelegate(Deregistrations deregistrations) {
        this.deregistrations = deregistrations;
    }

    @Override
    public void execute(DelegateExecution execution) {
        deregistrations.composeNotice(DeregistrationProcess.requestOf(execution));
    }
}
