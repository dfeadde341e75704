package org.accountsecurity.engine.guard;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.accountsecurity.contract.Variables;
import org.springframework.stereotype.Component;

/**
 * What waits ends by time, and what raises an error is caught: there, around it, or by all that call it. Every time is one
 * that the engine can read, and neither none nor for ever.
 */
@Component
class WaitCheck implements Check {

    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration SHORTEST_CYCLE = Duration.ofMinutes(10);
    private static final Duration LONGEST = Duration.ofDays(30);
    private static final Duration SHORTEST_RETRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY = Duration.ofDays(1);
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)}");
    private static final Pattern PROPERTY = Pattern.compile("\\$\\{\\w+\\.\\w+}");
    private static final Pattern CYCLE = Pattern.compile("R/(P\\w+)");
    private static final Pattern TIMES = Pattern.compile("^R([1-9]|1\\d|20)/");
    private static final int MOST_RETRIES = 20;
    /** What Java reads besides, such as small letters, the engine does not. */
    private static final Pattern DURATION = Pattern.compile("P[\\dDTHMS]+");

    private final Beans beans;

    WaitCheck(Beans beans) {
        this.beans = beans;
    }

    @Override
    public Stream<Finding> findings(Models models) {
        List<Finding> findings = new ArrayList<>();
        for (Tag tag : models.tags().toList()) {
            boolean waits = tag.is("userTask") || tag.has("camunda:type");
            if (waits && !models.isAround(tag, WaitCheck::endsByTime)) {
                findings.add(tag.finding("会一直等下去。请在它上面加一个中断的定时边界事件，并画出到期之后的路径。"));
            }
            if (tag.is("timerEventDefinition") && !isReadable(tag)) {
                findings.add(tag.finding(
                        "的时间不对。请填 PT1M 到 P30D 的时长，例如 P3D、PT10M；定期重复的填 R/PT10M 到 R/P30D；系统给出的时间（${…}）请照原样保留。"));
            }
            if (tag.is("camunda:failedJobRetryTimeCycle") && !areRetries(tag.text())) {
                findings.add(
                        tag.finding("的重试间隔 " + tag.text() + " 不对。请填 PT1S 到 P1D 的时长，最多 20 个，用逗号隔开，例如 PT1M,PT5M,PT15M。"));
            }
            raised(tag)
                    .filter(code -> !models.isAround(tag, scope -> catches(scope, code)))
                    .forEach(code -> findings.add(
                            tag.finding("的错误“" + code + "”没有人处理。请在它或调用它的活动上加一个错误边界事件，错误代码为 " + code + "。")));
        }
        return findings.stream();
    }

    private static boolean endsByTime(Tag scope) {
        return scope.boundaryEvents().stream()
                        .anyMatch(event -> isInterruptingTimer(event, "cancelActivity")
                                && !event.outgoing().isEmpty())
                || scope.children("subProcess").stream()
                        .filter(inner -> inner.get("triggeredByEvent").equals("true"))
                        .flatMap(inner -> inner.children("startEvent").stream())
                        .anyMatch(event -> isInterruptingTimer(event, "isInterrupting"));
    }

    private static boolean isInterruptingTimer(Tag event, String attribute) {
        return !event.get(attribute).equals("false")
                && !event.children("timerEventDefinition").isEmpty();
    }

    private Stream<String> raised(Tag node) {
        return node.is("endEvent")
                ? node.children("errorEventDefinition").stream().flatMap(WaitCheck::codes)
                : beans.errors(node);
    }

    private static boolean catches(Tag scope, String code) {
        return scope.boundaryEvents().stream()
                .flatMap(event -> event.children("errorEventDefinition").stream())
                .anyMatch(error -> !error.has("errorRef") || codes(error).anyMatch(code::equals));
    }

    /** As the engine takes it: what names no error is a code itself. */
    private static Stream<String> codes(Tag definition) {
        String reference = definition.get("errorRef");
        return Stream.of(definition.root().children("error").stream()
                .filter(error -> error.id().equals(reference))
                .map(error -> error.get("errorCode"))
                .findFirst()
                .orElse(reference));
    }

    /** It has one time, of one kind. */
    private boolean isReadable(Tag timer) {
        if (timer.children().size() != 1) {
            return false;
        }
        Tag time = timer.children().get(0);
        String text = time.text();
        Matcher cycle = CYCLE.matcher(text);
        if (time.is("timeDuration")) {
            // at once is a job of its own beside the way, and just one
            boolean beside = timer.parent().get("isInterrupting").equals("false");
            return isBetween(text, beside ? Duration.ZERO : SHORTEST, LONGEST);
        }
        // a date in a diagram would be past some day; the system knows when
        return time.is("timeDate")
                ? PROPERTY.matcher(text).matches() || isOneOf(text, Variables::dates)
                : cycle.matches()
                        ? isBetween(cycle.group(1), SHORTEST_CYCLE, LONGEST)
                        : isOneOf(text, Variables::cycles);
    }

    private boolean isOneOf(String text, Function<Variables, String[]> kind) {
        Matcher variable = VARIABLE.matcher(text);
        return variable.matches() && beans.all(Variables.class, kind).contains(variable.group(1));
    }

    private static boolean areRetries(String text) {
        String[] retries = TIMES.matcher(text).replaceFirst("").split("\\s*,\\s*", -1);
        return retries.length <= MOST_RETRIES
                && Stream.of(retries).allMatch(retry -> isBetween(retry, SHORTEST_RETRY, LONGEST_RETRY));
    }

    static boolean isBetween(String text, Duration least, Duration most) {
        try {
            Duration duration = Duration.parse(text);
            return DURATION.matcher(text).matches() && duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0;
        } catch (DateTimeParseException e) {
            return false;
        }
    }
}
