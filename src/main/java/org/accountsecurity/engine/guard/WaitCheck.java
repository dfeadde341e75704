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
 * Checks that every wait ends by a timer, every raised error is caught in its scope, an outer one or at every call, and
 * every time is valid.
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
    /** The engine's notation; Java would accept lower case, too. */
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
            if (waits && !models.isTrueOfScope(tag, WaitCheck::endsByTime)) {
                findings.add(tag.finding("guard.wait-without-end"));
            }
            if (tag.is("timerEventDefinition") && !isReadable(tag)) {
                findings.add(tag.finding("guard.timer"));
            }
            if (tag.is("camunda:failedJobRetryTimeCycle") && !areRetries(tag.text())) {
                findings.add(tag.finding("guard.retries", "retries", tag.text()));
            }
            raised(tag)
                    .filter(code -> !models.isTrueOfScope(tag, scope -> catches(scope, code)))
                    .forEach(code -> findings.add(tag.finding("guard.error-not-caught", "code", code)));
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

    /** The error code, resolved as the engine does: an unknown reference is the code itself. */
    private static Stream<String> codes(Tag definition) {
        String reference = definition.get("errorRef");
        return Stream.of(definition.root().children("error").stream()
                .filter(error -> error.id().equals(reference))
                .map(error -> error.get("errorCode"))
                .findFirst()
                .orElse(reference));
    }

    /** Whether it has one valid time of one kind. */
    private boolean isReadable(Tag timer) {
        if (timer.children().size() != 1) {
            return false;
        }
        Tag time = timer.children().get(0);
        String text = time.text();
        Matcher cycle = CYCLE.matcher(text);
        if (time.is("timeDuration")) {
            // a non-interrupting timer that is due at once starts one job, which runs concurrently
            boolean nonInterrupting = timer.parent().get("isInterrupting").equals("false");
            return isBetween(text, nonInterrupting ? Duration.ZERO : SHORTEST, LONGEST);
        }
        // a fixed date would be in the past some day, so only dates of the system are allowed
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
