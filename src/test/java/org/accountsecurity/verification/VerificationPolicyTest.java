package org.accountsecurity.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.accountsecurity.policy.DecisionTables;
import org.accountsecurity.testing.DecisionTable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerificationPolicyTest {

    private final VerificationPolicyContract contract = new VerificationPolicyContract();
    private final DecisionTable table = new DecisionTable(contract.table());

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
            assertThat(Duration.parse((String) row.get("timeToLive"))).isLessThanOrEqualTo(Duration.ofMinutes(10));
        }
    }

    @Test
    @DisplayName("there is no objection to what is shipped")
    void thereIsNoObjectionToWhatIsShipped() {
        assertThat(contract.asked()).hasSameSizeAs(Purpose.values()).allSatisfy(purpose -> {
            Map<String, Object> row = table.decide(contract.input(), purpose).get(0);
            assertThat(contract.objection(purpose, row)).isEmpty();
        });
    }

    @ParameterizedTest(name = "{0}, {1}: {2} is within, {3} is not")
    @DisplayName("each column has its limits")
    @CsvSource(
            delimiter = '|',
            nullValues = "null",
            value = {
                "DEREGISTRATION  | length           | 6          | 5",
                "DEREGISTRATION  | length           | 8          | 9",
                "DEREGISTRATION  | tries            | 1          | 0",
                "DEREGISTRATION  | tries            | 10         | 11",
                "DEREGISTRATION  | timeToLive       | PT1M       | PT59S",
                "DEREGISTRATION  | timeToLive       | PT10M      | PT10M1S",
                "DEREGISTRATION  | waits            | PT60S,PT30S| PT60S,PT29S",
                "DEREGISTRATION  | waits            | PT60S, PT1H| PT60S, PT1H1S",
                "DEREGISTRATION  | sendsPerHour     | 1          | 0",
                "DEREGISTRATION  | sendsPerHour     | 20         | 21",
                "DEREGISTRATION  | sendsPerDay      | 5          | 4",
                "DEREGISTRATION  | sendsPerDay      | 50         | 51",
                "DEREGISTRATION  | shopSendsPerHour | 5          | 4",
                "DEREGISTRATION  | shopSendsPerHour | null       | 100001",
                "NEW_PHONE       | shopSendsPerHour | 100000     | null",
                "DEREGISTRATION  | failuresPerDay   | 5          | 4",
                "DEREGISTRATION  | failuresPerDay   | 100        | 101",
                "DEREGISTRATION  | pause            | PT15M      | PT14M59S",
                "DEREGISTRATION  | pause            | P1D        | P1DT1S"
            })
    void eachColumnHasItsLimits(String purpose, String column, String within, String beyond) {
        assertThat(contract.objection(purpose, with(purpose, column, within))).isEmpty();
        assertThat(contract.objection(purpose, with(purpose, column, beyond))).isPresent();
    }

    /** The row that is shipped, but for one value. */
    private Map<String, Object> with(String purpose, String column, String value) {
        Map<String, Object> row =
                new HashMap<>(table.decide(contract.input(), purpose).get(0));
        row.put("sendsPerDay", 50);
        row.put(column, value != null && value.matches("\\d+") ? Integer.valueOf(value) : value);
        return row;
    }

    @Test
    @DisplayName("waits follow each other, and the last one repeats")
    void waitsFollowEachOther() {
        VerificationPolicy policy =
                VerificationPolicies.policy(table.decide("purpose", "NEW_PHONE").get(0));

        assertThat(IntStream.rangeClosed(1, 4).mapToObj(policy::waitAfter))
                .containsExactly(
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(120),
                        Duration.ofSeconds(300),
                        Duration.ofSeconds(300));
    }

    @ParameterizedTest
    @EnumSource(Purpose.class)
    @DisplayName("the table can switch off the verification before a phone change, and no other")
    void theTableCanSwitchOffOneVerification(Purpose purpose) {
        Map<String, Object> row =
                new HashMap<>(table.decide("purpose", purpose.name()).get(0));
        row.put("required", false);
        assertThat(contract.objection(purpose.name(), row).isPresent())
                .isNotEqualTo(purpose == Purpose.PHONE_UNBINDING);
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
