package org.accountsecurity.verification;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.accountsecurity.contract.TableContract;
import org.accountsecurity.text.Sentence;
import org.springframework.stereotype.Component;

/** The hard limits of codes: NIST SP 800-63B-4 and OWASP ASVS 5.0 V6.5, whatever the decision table says. */
@Component
class VerificationPolicyContract implements TableContract {

    private static final int SHORTEST = 6;
    private static final int LONGEST = 8;
    private static final int MOST_TRIES = 10;
    private static final int MOST_FAILURES = 100;
    private static final Duration LONGEST_LIFE = Duration.ofMinutes(10);
    private static final int MOST_PER_HOUR = 20;
    private static final int MOST_PER_DAY = 50;
    private static final int MOST_OF_THE_SHOP = 100_000;
    private static final Duration SHORTEST_LIFE = Duration.ofMinutes(1);
    private static final Duration SHORTEST_WAIT = Duration.ofSeconds(30);
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);
    private static final Duration SHORTEST_PAUSE = Duration.ofMinutes(15);
    private static final Duration LONGEST_PAUSE = Duration.ofDays(1);

    @Override
    public String table() {
        return "verification-policy";
    }

    @Override
    public String process() {
        return "verification-code";
    }

    @Override
    public String input() {
        return "purpose";
    }

    @Override
    public List<String> asked() {
        return Arrays.stream(Purpose.values()).map(Purpose::name).toList();
    }

    @Override
    public Optional<Sentence> objection(String asked, Map<String, Object> answer) {
        VerificationPolicy policy = VerificationPolicies.policy(answer);
        if (!policy.required() && Purpose.valueOf(asked) != Purpose.PHONE_UNBINDING) {
            return wrong("required");
        }
        if (policy.length() < SHORTEST || policy.length() > LONGEST) {
            return wrong("length", "shortest", SHORTEST, "longest", LONGEST);
        }
        if (policy.tries() < 1 || policy.tries() > MOST_TRIES) {
            return wrong("tries", "most", MOST_TRIES);
        }
        if (outside(policy.timeToLive(), SHORTEST_LIFE, LONGEST_LIFE)) {
            return wrong("life", "shortest", SHORTEST_LIFE.toMinutes(), "longest", LONGEST_LIFE.toMinutes());
        }
        if (policy.waits().stream().anyMatch(wait -> outside(wait, SHORTEST_WAIT, LONGEST_WAIT))) {
            return wrong("waits", "shortest", SHORTEST_WAIT.toSeconds());
        }
        if (policy.sendsPerHour() < 1
                || policy.sendsPerHour() > MOST_PER_HOUR
                || policy.sendsPerDay() < policy.sendsPerHour()
                || policy.sendsPerDay() > MOST_PER_DAY) {
            return wrong("sends", "hour", MOST_PER_HOUR, "day", MOST_PER_DAY);
        }
        Integer ofTheShop = policy.shopSendsPerHour();
        boolean anyNumber = Purpose.valueOf(asked) == Purpose.NEW_PHONE;
        if (ofTheShop == null ? anyNumber : ofTheShop < policy.sendsPerHour() || ofTheShop > MOST_OF_THE_SHOP) {
            return wrong("shop-sends", "most", MOST_OF_THE_SHOP);
        }
        if (policy.failuresPerDay() < policy.tries() || policy.failuresPerDay() > MOST_FAILURES) {
            return wrong("failures", "most", MOST_FAILURES);
        }
        return outside(policy.pause(), SHORTEST_PAUSE, LONGEST_PAUSE) ? wrong("pause") : Optional.empty();
    }

    private static Optional<Sentence> wrong(String what, Object... limits) {
        return Optional.of(Sentence.of("verification.policy-" + what, limits));
    }

    private static boolean outside(Duration duration, Duration least, Duration most) {
        return duration.compareTo(least) < 0 || duration.compareTo(most) > 0;
    }
}
