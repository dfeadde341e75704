package org.accountsecurity.policy;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.accountsecurity.contract.TableContract;
import org.accountsecurity.text.Messages;
import org.accountsecurity.text.Sentence;
import org.springframework.stereotype.Component;

/** Keeps the periods of a deregistration within the law, and the load on the shop's services low. */
@Component
class DeregistrationPolicyContract implements TableContract {

    private static final Duration THREE_YEARS = Duration.ofDays(1096);
    private static final Duration SHORTEST_RECHECK = Duration.ofMinutes(10);
    private static final Duration SHORTEST_VALIDITY = Duration.ofHours(1);
    private static final Duration LONGEST_VALIDITY = Duration.ofDays(7);
    private static final Duration LONGEST_EXPORT = Duration.ofDays(30);
    private static final Duration LONGEST_COOLING_OFF = Duration.ofDays(14);

    @Override
    public String table() {
        return "deregistration-policy";
    }

    @Override
    public String process() {
        return "data-erasure";
    }

    @Override
    public String input() {
        return "policy";
    }

    @Override
    public List<String> asked() {
        return Arrays.stream(DeregistrationPolicy.Row.values()).map(Enum::name).toList();
    }

    @Override
    public Optional<Sentence> objection(String asked, Map<String, Object> answer) {
        Duration duration = Duration.parse((String) answer.get("duration"));
        DeregistrationPolicy.Row row = DeregistrationPolicy.Row.valueOf(asked);
        boolean within = switch (row) {
            case COOLING_OFF -> within(duration, Duration.ZERO, LONGEST_COOLING_OFF);
            case CONFIRMATION_VALID_FOR -> within(duration, SHORTEST_VALIDITY, LONGEST_VALIDITY);
            case RECHECK_EVERY -> within(duration, SHORTEST_RECHECK, Duration.ofDays(1));
            case EXPORT_KEPT_FOR -> within(duration, Duration.ofHours(1), LONGEST_EXPORT);
            case RECEIPT_KEPT_FOR -> within(duration, THREE_YEARS, THREE_YEARS.multipliedBy(10));
        };
        return within ? Optional.empty() : Optional.of(Sentence.of(Messages.keyOf("policy.", row)));
    }

    private static boolean within(Duration duration, Duration shortest, Duration longest) {
        return duration.compareTo(shortest) >= 0 && duration.compareTo(longest) <= 0;
    }
}
