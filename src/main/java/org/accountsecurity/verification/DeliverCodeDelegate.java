package org.accountsecurity.verification;

import org.accountsecurity.contract.OwnTransaction;
import org.accountsecurity.contract.RefersTo;
import org.accountsecurity.contract.Variables;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
@RefersTo(VerificationProcess.CODE_EXPIRED)
@OwnTransaction
@Variables(
        reads = {"purpose", "codeExpiresAt"},
        writes = "codeExpiresAt")
class DeliverCodeDelegate implements JavaDelegate {

    private final Codes codes;

    DeliverCodeDelegate(Codes codes) {
        this.codes = codes;
    }

    @Override
    public void execute(DelegateExecution execution) {
        codes.deliver(
                        execution.getProcessInstanceId(),
                        execution.getProcessBusinessKey(),
                        VerificationProcess.purpose(execution))
                .ifPresent(expiry -> VerificationProcess.expireAt(execution, expiry));
    }
}
