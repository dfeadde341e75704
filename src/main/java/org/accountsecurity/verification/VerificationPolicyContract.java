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
        if (outside(policy.timeToLive(), SHORTEST_LIFE, LONGEST_LIFE)) {
            return Optional.of(
                    "有效期请在 " + SHORTEST_LIFE.toMinutes() + " 到 " + LONGEST_LIFE.toMinutes() + " 分钟之间，例如 PT5M。");
        }
        if (policy.waits().stream().anyMatch(wait -> outside(wait, SHORTEST_WAIT, LONGEST_WAIT))) {
            return Optional.of("重发间隔请不短于 " + SHORTEST_WAIT.toSeconds() + " 秒，不长于 1 小时，例如 PT60S。");
        }
        if (policy.sendsPerHour() < 1
                || policy.sendsPerHour() > MOST_PER_HOUR
                || policy.sendsPerDay() < policy.sendsPerHour()
                || policy.sendsPerDay() > MOST_PER_DAY) {
            return Optional.of("每小时发送请在 1 到 " + MOST_PER_HOUR + " 之间，每天发送不少于每小时，最多 " + MOST_PER_DAY + "。");
        }
        Integer ofTheShop = policy.shopSendsPerHour();
        boolean anyNumber = Purpose.valueOf(asked) == Purpose.NEW_PHONE;
        if (ofTheShop == null ? anyNumber : ofTheShop < policy.sendsPerHour() || ofTheShop > MOST_OF_THE_SHOP) {
            return Optional.of("全店每小时发送请在每小时发送到 " + MOST_OF_THE_SHOP + " 之间；新手机号的不能不填。");
        }
        if (policy.failuresPerDay() < policy.tries() || policy.failuresPerDay() > MOST_FAILURES) {
            return Optional.of("每天错误次数请在每码可试次数到 " + MOST_FAILURES + " 之间。");
        }
        return outside(policy.pause(), SHORTEST_PAUSE, LONGEST_PAUSE)
                ? Optional.of("错误过多暂停请在 PT15M 到 P1D 之间，例如 PT1H。")
                : Optional.empty();
    }

    private static boolean outside(Duration duration, Duration least, Duration most) {
        return duration.compareTo(least) < 0 || duration.compareTo(most) > 0;
    }
}
