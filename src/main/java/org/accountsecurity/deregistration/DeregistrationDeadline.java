package org.accountsecurity.deregistration;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Date;
import org.accountsecurity.contract.UsableInModels;
import org.accountsecurity.request.Deadline;
import org.accountsecurity.request.WorkingDays;
import org.springframework.stereotype.Component;

/** The last day of a request that is opened now, and the days on which staff is warned. */
@Component("deregistrationDeadline")
@UsableInModels
public class DeregistrationDeadline {

    /** GB/T 35273-2020, 8.5 b): from the request to its end. */
    private static final int WORKING_DAYS = 15;

    /** In working days before the last one. */
    private static final int FIRST_WARNING = 5;

    private static final int SECOND_WARNING = 2;

    private final WorkingDays workingDays;
    private final Clock clock;

    DeregistrationDeadline(WorkingDays workingDays, Clock clock) {
        this.workingDays = workingDays;
        this.clock = clock;
    }

    Deadline deadline() {
        return workingDays.after(today(), WORKING_DAYS);
    }

    /** The end of the last day. */
    Date end() {
        return at(deadline().day().plusDays(1));
    }

    /** For the timer of the process, which is set before the request is opened. */
    public Date getFirstWarning() {
        return warning(FIRST_WARNING);
    }

    Date secondWarning() {
        return warning(SECOND_WARNING);
    }

    /** Calendar days instead of working days where a missing calendar would lead back before today. */
    private Date warning(int days) {
        LocalDate last = deadline().day();
        LocalDate warning = workingDays.before(last, days);
        return at(warning.isAfter(today()) ? warning : last.minusDays(days));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), clock.getZone());
    }

    private Date at(LocalDate day) {
        Instant instant = day.atStartOfDay(clock.getZone()).toInstant();
        return Date.from(instant);
    }
}
