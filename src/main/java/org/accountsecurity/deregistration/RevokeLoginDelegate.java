package org.accountsecurity.deregistration;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Ends the logins of an account whose receipt is signed, and closes it for good. */
@Component
class RevokeLoginDelegate implements JavaDelegate {

    private final LoginEnd logins;

    RevokeLoginDelegate(LoginEnd logins) {
        this.logins = logins;
    }

    @Override
    public void execute(DelegateExecution execution) {
        logins.fulfil(DeregistrationProcess.requestOf(execution));
    }
}
