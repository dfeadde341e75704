package org.accountsecurity.shop;

import java.time.Duration;
import java.time.LocalDate;

/**
 * What one call of an erasure did.
 *
 * @param frozenUntil the day on which the last retained record may go; null unless FROZEN
 * @param complete false if there is more to do: the call is to be made again
 * @param pause before it is made again, at least; zero where it may be made at once
 */
public record Erasure(Outcome outcome, LocalDate frozenUntil, boolean complete, Duration pause) {

    public Erasure(Outcome outcome, LocalDate frozenUntil, boolean complete) {
        this(outcome, frozenUntil, complete, Duration.ZERO);
    }

    /** The true outcome for one data set, the more of it is kept the further down. */
    public enum Outcome {
        NOTHING_HELD,
        ERASED,
        ANONYMISED,
        FROZEN
    }
}
