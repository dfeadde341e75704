package org.accountsecurity.request;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Component;

/**
 * The working days of the mainland, one file a year, after the State Council's notice of each autumn (国务院办公厅关于…年部分节假日安排的通知).
 */
@Component
public class WorkingDays {

    private enum Kind {
        OFF,
        WORK
    }

    /** A notice rules the end of the year before, too: that for 2019 made 2018-12-29, a Saturday, a working day. */
    private static final int WEEKS_BEFORE_NEW_YEAR = 2;

    /** In days: from 2007 to 2026 the last n working days before any day lay within 2n + 9; five are to spare. */
    private static final int LONGEST_BREAK = 14;

    private final Map<LocalDate, Kind> named = new HashMap<>();

    WorkingDays(@Value("classpath*:org/accountsecurity/request/working-days-*.csv") Resource[] calendars)
            throws IOException {
        for (Resource calendar : calendars) {
            calendar.getContentAsString(StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split(","))
                    .forEach(entry -> name(LocalDate.parse(entry[0]), Kind.valueOf(entry[1])));
        }
    }

    private void name(LocalDate day, Kind kind) {
        if (named.put(day, kind) != null) {
            throw new IllegalStateException("Two entries for " + day + " in the calendars of working days");
        }
    }

    /**
     * The last day of a period that starts the day after {@code start}. Every day that no calendar rules counts, so that
     * the period never ends too late.
     */
    public Deadline after(LocalDate start, int workingDays) {
        LocalDate day = start;
        boolean complete = true;
        for (int left = workingDays; left > 0; ) {
            day = day.plusDays(1);
            complete &= isKnown(day);
            if (!isKnown(day) || isWorking(day)) {
                left--;
            }
        }
        return new Deadline(day, complete);
    }

    /**
     * The day from which {@code workingDays} are left until {@code day}, for a warning. No day that a calendar does not
     * rule counts here: to count one that turns out a holiday would warn too late. The way back then ends where even the
     * longest break leaves enough working days.
     */
    public LocalDate before(LocalDate day, int workingDays) {
        LocalDate earliest = day.minusDays(LONGEST_BREAK + 2L * workingDays);
        LocalDate warning = day;
        boolean complete = true;
        for (int left = workingDays; left > 0 && (complete || warning.isAfter(earliest)); ) {
            warning = warning.minusDays(1);
            complete &= isKnown(warning);
            if (isKnown(warning) && isWorking(warning)) {
                left--;
            }
        }
        return warning;
    }

    private boolean isWorking(LocalDate day) {
        boolean weekend = day.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) >= 0;
        return named.getOrDefault(day, weekend ? Kind.OFF : Kind.WORK) == Kind.WORK;
    }

    private boolean isKnown(LocalDate day) {
        return hasCalendar(day.getYear())
                && hasCalendar(day.plusWeeks(WEEKS_BEFORE_NEW_YEAR).getYear());
    }

    /** Every notice names New Year's Day, so an empty file is no calendar. */
    private boolean hasCalendar(int year) {
        return named.containsKey(LocalDate.of(year, 1, 1));
    }
}
