package org.accountsecurity.request;

/**
 * A commit point found something missing, and nothing was changed.
 *
 * @param process its key
 */
public record MissingEvidence(String process, Kind kind) {

    /** What was missing. */
    public enum Kind {
        /** The last word of the holder is no confirmation. */
        CONFIRMATION,
        /** The holder has withdrawn since. */
        WITHDRAWN,
        /** The confirmation is too old. */
        EXPIRED,
        CONSENT,
        /** What was shown is not what would be done now. */
        NOTICE,
        CODE,
        COOLING_OFF,
        /** A data set over the network holds nothing for this account. */
        HOLD,
        OPEN_ITEMS
    }
}
