package org.accountsecurity.verification;

/** An event in the life of a one-time code; it identifies neither the holder nor the code. */
public record CodeEvent(Purpose purpose, Outcome outcome) {

    /** The kind of event. */
    public enum Outcome {
        ISSUED,
        /** A gateway took the message with the code. */
        SENT,
        /** No gateway took it, and it is not tried again. */
        UNSENT,
        /** A limit, or the pause of an account, forbade another code. */
        REFUSED,
        ACCEPTED,
        /** A try was charged, and what was typed is no code of this verification. */
        WRONG,
        /** An older code of the same verification was typed; the try was given back. */
        OUTDATED,
        /** Typed when the code could no longer be used. */
        LATE,
        /** Typed while the account's verification was paused after too many wrong codes. */
        PAUSED;

        /** Whether a rollback of the surrounding transaction leaves it true: a try is charged in a transaction of its own. */
        public boolean survivesRollback() {
            return this == WRONG;
        }
    }
}
