package org.accountsecurity.verification;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.accountsecurity.policy.DecisionTables;
import org.springframework.stereotype.Component;

/** Reads the decision table {@code verification-policy}. */
@Component
class VerificationPolicies {

    private static final String TABLE = "verification-policy";
    private static final String INPUT = "purpose";

    private final DecisionTables tables;

    VerificationPolicies(DecisionTables tables) {
        this.tables = tables;
    }

    /** Codes as they were when the request began; limits that count over all requests as they are now. */
    VerificationPolicy of(String requestId, Purpose purpose) {
        VerificationPolicy policy = policy(tables.ask(requestId, TABLE, INPUT, purpose.name()))
                .withLimitsOf(policy(tables.askNewest(TABLE, INPUT, purpose.name())));
        if (!policy.required() && purpose != Purpose.PHONE_UNBINDING) {
            throw new IllegalStateException("verification-policy.dmn can't switch off the verification for " + purpose);
        }
        return policy;
    }

    static VerificationPolicy policy(Map<String, Object> row) {
        return new VerificationPolicy(
                (Boolean) row.get("required"),
                number(row, "length"),
                Duration.parse((String) row.get("timeToLive")),
                number(row, "tries"),
                Arrays.stream(((String) row.get("waits")).split(","))
                        .map(String::trim)
                        .map(Duration::parse)
                        .toList(),
                number(row, "sendsPerHour"),
                number(row, "sendsPerDay"),
                (Integer) row.get("shopSendsPerHour"),
                number(row, "failuresPerDay"),
                Duration.parse((String) row.get("pause")));
    }

    private static int number(Map<String, Object> row, String column) {
        return ((Number) row.get(column)).intValue();
    }
}
