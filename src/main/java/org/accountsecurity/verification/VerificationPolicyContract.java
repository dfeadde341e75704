package org.accountsecurity.verification;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.accountsecurity.contract.TableContract;
import org.springframework.stereotype.Component;

/** The hard limits of codes: NIST SP 800-63B-4 and OWASP ASVS 5.0 V6.5, whatever the decision table says. */
@Component
class VerificationPolicyContract implements TableContract {

    private static final int SHORTEST = 6;
    private static final int LONGEST = 8;
    private static final int MOST_TRIES = 10;
    private static final int MOST_FAILURES = 100;
    private static final Duration LONGEST_LIFE = Duration.ofMinutes(10);
    private static final Duration SHORTEST_WAIT = Duration.ofSeconds(30);

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
    public Optional<String> objection(String asked, Map<String, Object> answer) {
        VerificationPolicy policy = VerificationPolicies.policy(answer);
        if (!policy.required() && Purpose.valueOf(asked) != Purpose.PHONE_UNBINDING) {
            return Optional.of("这一用途的验证不能关闭，请填 true。");
        }
        if (policy.length() < SHORTEST || policy.length() > LONGEST) {
            return Optional.of("位数请在 " + SHORTEST + " 到 " + LONGEST + " 之间。");
        }
        if (policy.tries() < 1 || policy.tries() > MOST_TRIES) {
            return Optional.of("每码可试次数请在 1 到 " + MOST_TRIES + " 之间。");
        }
        if (policy.timeToLive().compareTo(LONGEST_LIFE) > 0 || nothing(policy.timeToLive())) {
            return Optional.of("有效期请在 " + LONGEST_LIFE.toMinutes() + " 分钟之内，例如 PT5M。");
        }
        if (policy.waits().stream().anyMatch(wait -> wait.compareTo(SHORTEST_WAIT) < 0)) {
            return Optional.of("重发间隔请不短于 " + SHORTEST_WAIT.toSeconds() + " 秒，例如 PT60S。");
        }
        if (policy.sendsPerHour() < 1 || policy.sendsPerDay() < policy.sendsPerHour()) {
            return Optional.of("每小时发送请至少 1 次，每天发送不少于每小时。");
        }
        if (policy.failuresPerDay() < policy.tries() || policy.failuresPerDay() > MOST_FAILURES) {
            return Optional.of("每天错误次数请在每码可试次数到 " + MOST_FAILURES + " 之间。");
        }
        return nothing(policy.pause()) ? Optional.of("错误过多暂停请填大于零的时长，例如 PT1H。") : Optional.empty();
    }

    private static boolean nothing(Duration duration) {
        return duration.isZero() || duration.isNegative();
    }
}
