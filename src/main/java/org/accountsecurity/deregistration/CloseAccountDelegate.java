package org.accountsecurity.deregistration;

import java.time.Clock;
import java.util.Date;
import org.accountsecurity.contract.Raises;
import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** The commit point: closes the account, or raises NotReady with a sentence for the holder. */
@Component
@Raises(
        value = DeregistrationProcess.ERROR_NOT_READY,
        writes = {
            DeregistrationProcess.MESSAGE,
            DeregistrationProcess.MISSING_EVIDENCE,
            DeregistrationProcess.NOT_READY_AT
        })
class CloseAccountDelegate implements JavaDelegate {

    private final AccountClosing closing;
    private final Clock clock;

    CloseAccountDelegate(AccountClosing closing, Clock clock) {
        this.closing = closing;
        this.clock = clock;
    }

    @Override
    public void execute(DelegateExecution execution) {
        try {
            closing.close(DeregistrationProcess.requestOf(execution));
        } catch (NotReadyToCloseException e) {
            execution.setVariable(DeregistrationProcess.MESSAGE, e.getMessage());
            execution.setVariable(
                    DeregistrationProcess.MISSING_EVIDENCE,
                    e.missing() == null ? null : e.missing().name());
            execution.setVariable(DeregistrationProcess.NOT_READY_AT, Date.from(clock.instant()));
            throw new BpmnError(DeregistrationProcess.ERROR_NOT_READY, e);
        }
    }
}
