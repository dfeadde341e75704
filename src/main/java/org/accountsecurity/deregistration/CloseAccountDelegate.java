package org.accountsecurity.deregistration;

import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
class CloseAccountDelegate implements JavaDelegate {

    private final AccountClosing closing;

    CloseAccountDelegate(AccountClosing closing) {
        this.closing = closing;
    }

    @Override
    public void execute(DelegateExecution execution) {
        try {
            closing.close(DeregistrationProcess.requestOf(execution));
        } catch (NotReadyToCloseException e) {
            execution.setVariable(DeregistrationProcess.MESSAGE, e.getMessage());
            throw new BpmnError(DeregistrationProcess.ERROR_NOT_READY, e);
        }
    }
}
