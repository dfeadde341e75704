package org.accountsecurity.shop;

import java.time.LocalDate;

/**
 * What an erasure did.
 *
 * @param frozenUntil the day on which the last retained record may go; null unless FROZEN
 */
public record Erasure(Outcome outcome, LocalDate frozenUntil) {

    /** The true outcome for one data set. */
    public enum Outcome {
        ERASED,
        ANONYMISED,
        FROZEN,
        NOTHING_HELD
    }
}
