package org.accountsecurity.verification;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/**
 * Hands a code to the outbox, for requests that began on a version of the diagram that has a step for its delivery.
 *
 * @deprecated what issues a code puts it there
 */
@Component
@Deprecated
class DeliverCodeDelegate implements JavaDelegate {

    private final CodeOutbox outbox;

    DeliverCodeDelegate(CodeOutbox outbox) {
        this.outbox = outbox;
    }

    @Override
    public void execute(DelegateExecution execution) {
        outbox.handOver(execution.getProcessInstanceId());
    }
}
