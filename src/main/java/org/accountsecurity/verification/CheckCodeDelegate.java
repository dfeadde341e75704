package org.accountsecurity.verification;

import org.accountsecurity.contract.Variables;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Checks the code that the holder typed, and sets the result and the message for the form. */
@Component
@Variables(
        reads = {"purpose", "code"},
        inputs = "purpose",
        numbers = "code",
        writes = {"codeResult", "message", "codeExpiresAt"},
        dates = "codeExpiresAt")
class CheckCodeDelegate implements JavaDelegate {

    private final Codes codes;

    CheckCodeDelegate(Codes codes) {
        this.codes = codes;
    }

    @Override
    public void execute(DelegateExecution execution) {
        CheckedCode checked = codes.check(
                execution.getProcessInstanceId(),
                execution.getProcessBusinessKey(),
                VerificationProcess.purpose(execution),
                (String) execution.getVariable("code"));
        VerificationProcess.show(execution, checked);
    }
}
