package org.accountsecurity.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.List;
import java.util.Map;
import org.accountsecurity.policy.DecisionTables;
import org.accountsecurity.testing.DecisionTable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerificationPolicyTest {

    private final DecisionTable table = new DecisionTable("verification-policy");

    @ParameterizedTest
    @DisplayName("each purpose has its limits")
    @CsvSource(
            delimiter = '|',
            value = {
                "DEREGISTRATION  | true | 6 | PT5M | 5 | PT60S,PT120S,PT300S | 5 | 10 |      | 20 | PT1H",
                "PHONE_UNBINDING | true | 6 | PT5M | 5 | PT60S,PT120S,PT300S | 5 | 10 |      | 20 | PT1H",
                "NEW_PHONE       | true | 6 | PT5M | 5 | PT60S,PT120S,PT300S | 5 | 10 | 1000 | 20 | PT1H"
            })
    void eachPurposeHasItsLimits(
            String purpose,
            boolean required,
            int length,
            String timeToLive,
            int tries,
            String waits,
            int sendsPerHour,
            int sendsPerDay,
            Integer shopSendsPerHour,
            int failuresPerDay,
            String pause) {
        List<Map<String, Object>> rows = table.decide("purpose", purpose);

        assertThat(rows).singleElement().satisfies(row -> {
            assertThat(row)
                    .containsAllEntriesOf(Map.of(
                            "required", required,
                            "length", length,
                            "timeToLive", timeToLive,
                            "tries", tries,
                            "waits", waits,
                            "sendsPerHour", sendsPerHour,
                            "sendsPerDay", sendsPerDay,
                            "failuresPerDay", failuresPerDay,
                            "pause", pause));
            assertThat(row.get("shopSendsPerHour")).isEqualTo(shopSendsPerHour);
        });
    }

    @ParameterizedTest
    @EnumSource(Purpose.class)
    @DisplayName("every purpose that the code knows has exactly one row")
    void everyPurposeHasOneRow(Purpose purpose) {
        assertThat(table.decide("purpose", purpose.name())).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "deregistration", "LOGIN"})
    @DisplayName("what is no purpose has no row")
    void whatIsNoPurposeHasNoRow(String purpose) {
        assertThat(table.decide("purpose", purpose)).isEmpty();
    }

    @Test
    @DisplayName("the codes are within the limits of NIST SP 800-63B: 20 bits, ten minutes")
    void theCodesAreWithinTheLimits() {
        for (Purpose purpose : Purpose.values()) {
            Map<String, Object> row = table.decide("purpose", purpose.name()).get(0);

            assertThat((Integer) row.get("length")).isGreaterThanOrEqualTo(6);
            assertThat(java.time.Duration.parse((String) row.get("timeToLive")))
                    .isLessThanOrEqualTo(java.time.Duration.ofMinutes(10));
        }
    }

    @ParameterizedTest
    @EnumSource(Purpose.class)
    @DisplayName("the table can switch off the verification before a phone change, and no other")
    void theTableCanSwitchOffOneVerification(Purpose purpose) {
        Map<String, Object> row =
                new java.util.HashMap<>(table.decide("purpose", purpose.name()).get(0));
        row.put("required", false);
        DecisionTables tables = mock(DecisionTables.class);
        when(tables.ask(any(), any(), any(), any())).thenReturn(row);
        when(tables.askNewest(any(), any(), any())).thenReturn(row);
        VerificationPolicies policies = new VerificationPolicies(tables);

        if (purpose == Purpose.PHONE_UNBINDING) {
            assertThat(policies.of("request", purpose).required()).isFalse();
        } else {
            assertThatThrownBy(() -> policies.of("request", purpose))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(purpose.name());
        }
    }
}
