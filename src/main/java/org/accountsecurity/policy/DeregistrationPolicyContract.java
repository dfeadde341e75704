package org.accountsecurity.policy;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.accountsecurity.contract.TableContract;
import org.springframework.stereotype.Component;

/** The periods of a deregistration, within what the law and the shop's services bear. */
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
    public Optional<String> objection(String asked, Map<String, Object> answer) {
        Duration duration = Duration.parse((String) answer.get("duration"));
        return switch (DeregistrationPolicy.Row.valueOf(asked)) {
            case COOLING_OFF ->
                within(duration, Duration.ZERO, LONGEST_COOLING_OFF, "冷静期请填 PT0S（没有）到 P14D：必须在申请后 15 个工作日之内结束。");
            case CONFIRMATION_VALID_FOR ->
                within(duration, SHORTEST_VALIDITY, LONGEST_VALIDITY, "最终确认的有效期请在 PT1H 到 P7D 之间。");
            case RECHECK_EVERY -> within(duration, SHORTEST_RECHECK, Duration.ofDays(1), "自动重查请在 PT10M 到 P1D 之间。");
            case EXPORT_KEPT_FOR -> within(duration, Duration.ofHours(1), LONGEST_EXPORT, "备份保存请在 PT1H 到 P30D 之间。");
            case RECEIPT_KEPT_FOR ->
                within(duration, THREE_YEARS, THREE_YEARS.multipliedBy(10), "凭证保存请不少于三年，即 P1096D（《个人信息保护法》第五十六条）。");
        };
    }

    private static Optional<String> within(Duration duration, Duration least, Duration most, String objection) {
        return duration.compareTo(least) < 0 || duration.compareTo(most) > 0
                ? Optional.of(objection)
                : Optional.empty();
    }
}
