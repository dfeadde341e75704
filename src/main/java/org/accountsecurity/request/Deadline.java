package org.accountsecurity.request;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The last day of a period counted in working days.
 *
 * @param calendarComplete false if a day was counted whose calendar is missing: the true last day may be later, and is
 *     never earlier
 */
public record Deadline(LocalDate day, boolean calendarComplete) {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy 年 M 月 d 日", Locale.ROOT);

    /** The day as holders read it, and that it may be later where the calendar is missing. */
    public String inChinese() {
        return DAY.format(day) + (calendarComplete ? "" : "（次年放假安排尚未公布，按最早日期计算）");
    }
}
