package org.accountsecurity.deregistration;

import java.time.Duration;
import java.util.Date;
import java.util.Map;
import org.accountsecurity.contract.Variables;
import org.accountsecurity.request.MissingEvidence.Kind;
import org.accountsecurity.text.Messages;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
@Variables(reads = {DeregistrationProcess.NOT_READY_AT, DeregistrationProcess.MISSING_EVIDENCE})
class NotifyNotReadyDelegate implements JavaDelegate {

    private static final String TEMPLATE = "account-not-closed";

    /** Any other evidence was there when the holder confirmed, and has changed since. */
    private static final Map<String, String> REASONS = Map.of(
            Kind.COOLING_OFF.name(), "cooling-off",
            Kind.CONFIRMATION.name(), "unconfirmed",
            Kind.CONSENT.name(), "unconfirmed",
            Kind.EXPIRED.name(), "expired",
            Kind.WITHDRAWN.name(), "withdrawn");

    /** After the attempt to close; addresses that can't be reached for so long keep the request waiting no longer. */
    private static final Duration PATIENCE = Duration.ofHours(1);

    private final HolderMessages messages;

    NotifyNotReadyDelegate(HolderMessages messages) {
        this.messages = messages;
    }

    @Override
    public void execute(DelegateExecution execution) {
        Date notReady = (Date) execution.getVariable(DeregistrationProcess.NOT_READY_AT);
        String missing = String.valueOf(execution.getVariable(DeregistrationProcess.MISSING_EVIDENCE));
        messages.send(
                DeregistrationProcess.requestOf(execution),
                TEMPLATE,
                Map.of("reason", Messages.text(TEMPLATE + "." + REASONS.getOrDefault(missing, "changed"))),
                "not-ready-" + notReady.getTime(),
                notReady.toInstant().plus(PATIENCE));
    }
}
