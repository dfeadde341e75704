package org.accountsecurity.request;

/**
 * A commit point has refused for missing evidence, and changed nothing.
 *
 * @param process its key
 */
public record MissingEvidence(String process, Kind kind) {

    /** The evidence that was missing. */
    public enum Kind {
        /** The newest statement of the holder is no confirmation. */
        CONFIRMATION,
        /** The holder has withdrawn since. */
        WITHDRAWN,
        /** The confirmation is too old. */
        EXPIRED,
        CONSENT,
        /** The text that was shown is out of date. */
        NOTICE,
        CODE,
        COOLING_OFF,
        /** A data set over the network was not asked to hold after the confirmation. */
        HOLD,
        OPEN_ITEMS
    }
}
