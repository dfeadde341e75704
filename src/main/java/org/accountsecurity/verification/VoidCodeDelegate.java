package org.accountsecurity.verification;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Voids the codes of a verification that has ended or expired. */
@Component
class VoidCodeDelegate implements JavaDelegate {

    private final Codes codes;

    VoidCodeDelegate(Codes codes) {
        this.codes = codes;
    }

    @Override
    public void execute(DelegateExecution execution) {
        codes.voidAll(execution.getProcessInstanceId());
    }
}
