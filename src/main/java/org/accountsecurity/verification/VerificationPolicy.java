package org.accountsecurity.verification;

import java.time.Duration;
import java.util.List;

/**
 * One row of {@code verification-policy.dmn}.
 *
 * @param length of a code, in digits
 * @param timeToLive from the send that a gateway accepted to expiry
 * @param tries a code has
 * @param waits between the sends of one verification; the last one repeats
 * @param sendsPerHour to an address
 * @param sendsPerDay to an address, and for an account
 * @param shopSendsPerHour to all addresses for this purpose, null without a limit
 * @param failuresPerDay of an account, after which verification pauses
 * @param pause how long it then pauses
 */
record VerificationPolicy(
        boolean required,
        int length,
        Duration timeToLive,
        int tries,
        List<Duration> waits,
        int sendsPerHour,
        int sendsPerDay,
        Integer shopSendsPerHour,
        int failuresPerDay,
        Duration pause) {

    /** The same codes, under the limits of another policy on what is counted over all requests. */
    VerificationPolicy withLimitsOf(VerificationPolicy other) {
        return new VerificationPolicy(
                required,
                length,
                timeToLive,
                tries,
                other.waits,
                other.sendsPerHour,
                other.sendsPerDay,
                other.shopSendsPerHour,
                other.failuresPerDay,
                other.pause);
    }

    Duration waitAfter(int sends) {
        return waits.get(Math.min(sends, waits.size()) - 1);
    }
}
