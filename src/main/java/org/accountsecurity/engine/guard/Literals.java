package org.accountsecurity.engine.guard;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** The plain texts that stand in models: durations and retention periods that the engine reads, constants of tables. */
final class Literals {

    static final String NO_HISTORY_PERIOD = "没有可用的历史保存期限。请在 History time to live 填写 P30D 到 P1096D，例如 P190D。";

    private static final Pattern DURATION = Pattern.compile("P(?=\\d|T\\d)(\\d+D)?(T(?=\\d)(\\d+H)?(\\d+M)?(\\d+S)?)?");
    private static final Pattern DAYS = Pattern.compile("P\\d{1,6}D");
    private static final String TEXT = "\"[^\"\\\\]*\"";
    private static final Pattern CONSTANT = Pattern.compile(TEXT + "|-?\\d{1,9}|true|false|");
    private static final Pattern CONSTANTS = Pattern.compile(TEXT + "(\\s*,\\s*" + TEXT + ")*|-|");

    /** What an owner's own table may compare with: a range, a list, or several of them, of texts and numbers. */
    private static final Pattern TEST = Pattern.compile("(" + TEXT + "|not\\(|true|false|[\\d\\s.,<>=()\\[\\]-])*");

    private Literals() {}

    /** An ISO 8601 duration of days, hours, minutes and seconds. */
    static Optional<Duration> duration(String text) {
        try {
            return DURATION.matcher(text).matches() ? Optional.of(Duration.parse(text)) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    static boolean isBetween(String duration, Duration least, Duration most) {
        return duration(duration)
                .filter(found -> found.compareTo(least) >= 0 && found.compareTo(most) <= 0)
                .isPresent();
    }

    /** How long history may be kept: some time, and not for ever. */
    static boolean isHistoryPeriod(String text) {
        return text != null
                && DAYS.matcher(text).matches()
                && isBetween(text, Duration.ofDays(30), Duration.ofDays(1096));
    }

    /** What an output of a table may be. */
    static boolean isConstant(String text) {
        return CONSTANT.matcher(text).matches();
    }

    /** What an input of a table may be: one text of several, or anything; in an owner's own also a comparison. */
    static boolean isInput(String text, boolean own) {
        return (own ? TEST : CONSTANTS).matcher(text).matches();
    }
}
