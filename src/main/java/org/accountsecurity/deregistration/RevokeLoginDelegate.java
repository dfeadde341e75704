package org.accountsecurity.deregistration;

import org.accountsecurity.request.HolderRequests;
import org.accountsecurity.shop.Accounts;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
class RevokeLoginDelegate implements JavaDelegate {

    private final HolderRequests requests;
    private final Accounts accounts;

    RevokeLoginDelegate(HolderRequests requests, Accounts accounts) {
        this.requests = requests;
        this.accounts = accounts;
    }

    @Override
    public void execute(DelegateExecution execution) {
        accounts.finishClosing(requests.accountOf(DeregistrationProcess.requestOf(execution)));
    }
}
