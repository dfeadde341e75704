package org.accountsecurity.policy;

import java.time.Duration;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Reads the decision table {@code deregistration-policy}. */
@Component
public class DeregistrationPolicy {

    private static final String TABLE = "deregistration-policy";
    private static final String INPUT = "policy";
    /** Of tables that were deployed before they had that row. */
    private static final Map<String, Object> CONFIRMATION_VALID_FOR = Map.of("duration", "P1D");

    private final DecisionTables tables;

    DeregistrationPolicy(DecisionTables tables) {
        this.tables = tables;
    }

    /** A row of the table. */
    public enum Row {
        /** From the confirmation to the closing of the account; zero where there is none. */
        COOLING_OFF,
        /** From the end of the cooling-off period, for how long a confirmation is good. */
        CONFIRMATION_VALID_FOR,
        /** Between two checks of the open items while the holder settles them. */
        RECHECK_EVERY,
        /** How long the holder's copy of the data can be downloaded. */
        EXPORT_KEPT_FOR,
        /** How long receipts and records of processing are kept. */
        RECEIPT_KEPT_FOR
    }

    /** The period of a row, for a request. */
    public Duration of(String requestId, Row row) {
        return duration(
                row == Row.CONFIRMATION_VALID_FOR
                        ? tables.find(requestId, TABLE, INPUT, row.name()).orElse(CONFIRMATION_VALID_FOR)
                        : tables.ask(requestId, TABLE, INPUT, row.name()));
    }

    /** The period of a row in the newest table. */
    public Duration newest(Row row) {
        return duration(tables.askNewest(TABLE, INPUT, row.name()));
    }

    private static Duration duration(Map<String, Object> row) {
        return Duration.parse((String) row.get("duration"));
    }
}
