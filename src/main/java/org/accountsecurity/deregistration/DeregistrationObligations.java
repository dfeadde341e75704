package org.accountsecurity.deregistration;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.accountsecurity.deregistration.erasure.ErasurePlan;
import org.accountsecurity.obligation.Kind;
import org.accountsecurity.obligation.Obligations;
import org.springframework.stereotype.Component;

/** What is owed for a deregistration, due when its diagram has had its time. */
@Component
class DeregistrationObligations {

    private static final Duration TELL = Duration.ofMinutes(30);
    private static final Duration ERASE = Duration.ofHours(2);
    /** A process that waits for nothing any more. */
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
        obligations.owe(requestId, Kind.NOTIFY_REQUESTED, TELL);
        Instant over = lastDay.plusDays(1).atStartOfDay(clock.getZone()).toInstant();
        obligations.owe(requestId, Kind.END_REQUEST, Duration.between(clock.instant(), over.plus(LAPSE)));
    }

    /** Of a request that can't be finished any more. */
    void oweEnd(String requestId) {
        obligations.owe(requestId, Kind.END_REQUEST, Duration.ZERO);
    }

    /** In the transaction that closes the account, once the plan of its erasure is there. */
    void oweCommitted(String requestId) {
        Instant erased = clock.instant().plus(ERASE);
        plan.dataSets(requestId).forEach(dataSet -> obligations.owe(requestId, Kind.ERASE, dataSet, erased));
        obligations.owe(requestId, Kind.NOTIFY_CLOSING, TELL);
        obligations.owe(requestId, Kind.SIGN_RECEIPT, ERASE);
        obligations.owe(requestId, Kind.NOTIFY_RESULT, ERASE);
        obligations.owe(requestId, Kind.END_LOGINS, ERASE);
        obligations.owe(requestId, Kind.END_REQUEST, END);
    }
}
