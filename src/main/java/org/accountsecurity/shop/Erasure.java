package org.accountsecurity.shop;

import java.time.Duration;
import java.time.LocalDate;

/**
 * The result of one call of an erasure.
 *
 * @param retainedUntil the day on which the last retained record may go; null unless RETAINED
 * @param complete false if the call must be repeated, because records are left
 * @param pause the shortest time before that repetition
 */
public record Erasure(Outcome outcome, LocalDate retainedUntil, boolean complete, Duration pause) {

    public Erasure(Outcome outcome, LocalDate retainedUntil, boolean complete) {
        this(outcome, retainedUntil, complete, Duration.ZERO);
    }

    /** The outcome for one data set, in the order of how much is kept. */
    public enum Outcome {
        NOTHING_HELD,
        ERASED,
        ANONYMISED,
        RETAINED
    }
}
