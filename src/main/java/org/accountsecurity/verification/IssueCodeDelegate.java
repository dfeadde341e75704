package org.accountsecurity.verification;

import org.accountsecurity.contract.Raises;
import org.accountsecurity.contract.Variables;
import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Issues a code; raises {@code LimitReached} where a limit forbids one and no earlier code can be used. */
@Component
@Variables(
        reads = "purpose",
        inputs = "purpose",
        writes = {"codeExpiresAt", "message"},
        dates = "codeExpiresAt")
@Raises(value = VerificationProcess.ERROR_LIMIT_REACHED, writes = "message")
class IssueCodeDelegate implements JavaDelegate {

    private final Codes codes;

    IssueCodeDelegate(Codes codes) {
        this.codes = codes;
    }

    @Override
    public void execute(DelegateExecution execution) {
        try {
            IssuedCode code = codes.issue(
                    execution.getProcessInstanceId(),
                    execution.getProcessBusinessKey(),
                    VerificationProcess.purpose(execution),
                    VerificationProcess.channelChoice(execution));
            VerificationProcess.show(execution, code);
        } catch (SendingRefusedException e) {
            execution.setVariable(VerificationProcess.MESSAGE, e.getMessage());
            throw new BpmnError(VerificationProcess.ERROR_LIMIT_REACHED, e);
        }
    }
}
