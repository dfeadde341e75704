package org.accountsecurity.request;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import org.accountsecurity.text.Messages;

/**
 * The last day of a period counted in working days.
 *
 * @param calendarComplete false if a day was counted whose calendar is missing: the true last day may be later, and is
 *     never earlier
 */
public record Deadline(LocalDate day, boolean calendarComplete) {

    /** The day as people read it, and that it may be later where the calendar is missing. */
    public String text() {
        String text = DateTimeFormatter.ofPattern(Messages.text("request.day-pattern"), Messages.language())
                .format(day);
        return calendarComplete ? text : Messages.text("request.calendar-incomplete", "day", text);
    }
}
