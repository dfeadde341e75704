package org.accountsecurity.deregistration;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Date;
import org.accountsecurity.request.Deadline;
import org.accountsecurity.request.WorkingDays;
import org.springframework.stereotype.Component;

/** By when a request that is opened now must be finished, and when staff is warned of it. */
@Component("deregistrationDeadline")
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
        return workingDays.after(LocalDate.ofInstant(clock.instant(), clock.getZone()), WORKING_DAYS);
    }

    /** The end of the last day. */
    Date end() {
        return at(deadline().day().plusDays(1));
    }

    /** The process takes it from here when it starts, before there is a request. */
    public Date getFirstWarning() {
        return at(workingDays.before(deadline().day(), FIRST_WARNING));
    }

    Date secondWarning() {
        return at(workingDays.before(deadline().day(), SECOND_WARNING));
    }

    private Date at(LocalDate day) {
        Instant instant = day.atStartOfDay(clock.getZone()).toInstant();
        return Date.from(instant);
    }
}
