package org.accountsecurity.text;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A time of the near past or future as people read it, to the minute. */
public final class ChineseTime {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("M 月 d 日 HH:mm", Locale.ROOT);

    private ChineseTime() {}

    /** Such as {@code 11 月 23 日 10:00}. */
    public static String of(Instant time, ZoneId zone) {
        return TIME.format(time.atZone(zone));
    }
}
