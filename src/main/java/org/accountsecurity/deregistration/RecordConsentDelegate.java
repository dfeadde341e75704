package org.accountsecurity.deregistration;

import org.accountsecurity.contract.Variables;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
@Variables(reads = "consent")
class RecordConsentDelegate implements JavaDelegate {

    private final Deregistrations deregistrations;

    RecordConsentDelegate(Deregistrations deregistrations) {
        this.deregistrations = deregistrations;
    }

    @Override
    public void execute(DelegateExecution execution) {
        if (!Boolean.TRUE.equals(execution.getVariable("consent"))) {
            throw new IllegalStateException("there is no consent to record");
        }
        deregistrations.recordConsent(DeregistrationProcess.requestOf(execution));
    }
}
