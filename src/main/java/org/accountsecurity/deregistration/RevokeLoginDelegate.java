package org.accountsecurity.deregistration;

import org.accountsecurity.contract.Requires;
import org.accountsecurity.contract.WorksOn;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
@WorksOn(openedBy = "openRequestDelegate")
@Requires(executed = {"closeAccountDelegate", "issueReceiptDelegate"})
class RevokeLoginDelegate implements JavaDelegate {

    private final LoginEnd logins;

    RevokeLoginDelegate(LoginEnd logins) {
        this.logins = logins;
    }

    @Override
    public void execute(DelegateExecution execution) {
        logins.endLogins(DeregistrationProcess.requestOf(execution));
    }
}
