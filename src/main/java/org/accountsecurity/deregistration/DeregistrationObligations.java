package org.accountsecurity.deregistration;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.accountsecurity.deregistration.erasure.ErasurePlan;
import org.accountsecurity.obligation.Kind;
import org.accountsecurity.obligation.Obligations;
import org.springframework.stereotype.Component;

/** The obligations of a deregistration, due after the time that its diagram normally takes. */
@Component
class DeregistrationObligations {

    private static final Duration NOTIFY = Duration.ofMinutes(30);
    private static final Duration ERASE = Duration.ofHours(2);
    /** For a process with no waiting task left. */
    private static final Duration END = Duration.ofDays(1);
    /** After the last day, so that the timers of the diagram come first. */
    private static final Duration LAPSE = Duration.ofHours(1);

    private final Obligations obligations;
    private final ErasurePlan plan;
    private final Clock clock;

    DeregistrationObligations(Obligations obligations, ErasurePlan plan, Clock clock) {
        this.obligations = obligations;
        this.plan = plan;
        this.clock = clock;
    }

    /** In the transaction that opens the request. */
    void oweOpened(String requestId, LocalDate lastDay) {
        obligations.owe(requestId, Kind.NOTIFY_REQUESTED, NOTIFY);
        Instant over = lastDay.plusDays(1).atStartOfDay(clock.getZone()).toInstant();
        obligations.owe(requestId, Kind.END_REQUEST, Duration.between(clock.instant(), over.plus(LAPSE)));
    }

    /** For a request that can't be finished in time. */
    void oweEnd(String requestId) {
        obligations.owe(requestId, Kind.END_REQUEST, Duration.ZERO);
    }

    /** In the transaction that closes the account, after the plan of its erasure is recorded. */
    void oweCommitted(String requestId) {
        Instant erased = clock.instant().plus(ERASE);
        plan.dataSets(requestId).forEach(dataSet -> obligations.owe(requestId, Kind.ERASE, dataSet, erased));
        obligations.owe(requestId, Kind.NOTIFY_CLOSING, NOTIFY);
        obligations.owe(requestId, Kind.SIGN_RECEIPT, ERASE);
        obligations.owe(requestId, Kind.NOTIFY_RESULT, ERASE);
        obligations.owe(requestId, Kind.END_LOGINS, ERASE);
        obligations.owe(requestId, Kind.END_REQUEST, END);
    }
}
