package org.accountsecurity.text;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A time of the near past or future as people read it, to the minute. */
public final class MinuteText {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

    private MinuteText() {}

    /** Such as {@code 11-23 10:00}, in the words of the language. */
    public static String of(Instant time, ZoneId zone) {
        ZonedDateTime day = time.atZone(zone);
        return Messages.text(
                "time.minute", "month", day.getMonthValue(), "day", day.getDayOfMonth(), "time", TIME.format(day));
    }
}
