package org.accountsecurity.deregistration;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
class NotifyRequestedDelegate implements JavaDelegate {

    private final HolderMessages messages;

    NotifyRequestedDelegate(HolderMessages messages) {
        this.messages = messages;
    }

    @Override
    public void execute(DelegateExecution execution) {
        messages.fulfil(DeregistrationProcess.requestOf(execution));
    }
}
