package org.accountsecurity.deregistration.erasure;

import java.time.Duration;
import org.camunda.bpm.engine.DecisionService;
import org.camunda.bpm.engine.variable.Variables;
import org.springframework.stereotype.Component;

/** Reads the decision table {@code deregistration-policy}. */
@Component
public class DeregistrationPolicy {

    private final DecisionService decisions;

    DeregistrationPolicy(DecisionService decisions) {
        this.decisions = decisions;
    }

    /** A row of the table. */
    public enum Row {
        /** From the confirmation to the closing of the account; zero where there is none. */
        COOLING_OFF,
        /** Between two checks of the open items while the holder settles them. */
        RECHECK_EVERY,
        /** How long the holder's copy of the data can be downloaded. */
        EXPORT_KEPT_FOR,
        /** How long receipts and records of processing are kept. */
        RECEIPT_KEPT_FOR
    }

    public Duration of(Row row) {
        return Duration.parse((String) decisions
                .evaluateDecisionTableByKey("deregistration-policy", Variables.putValue("policy", row.name()))
                .getSingleResult()
                .getSingleEntry());
    }
}
