package org.accountsecurity.verification;

/** Something became of a one-time code; says neither whose nor which. */
public record CodeEvent(Purpose purpose, Outcome outcome) {

    /** What became of it. */
    public enum Outcome {
        ISSUED,
        /** A gateway took the message with the code. */
        SENT,
        /** No gateway took it, and nobody tries any more. */
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

        /** Whether it stands although the transaction around it is rolled back: a try is charged in one of its own. */
        public boolean survivesRollback() {
            return this == WRONG;
        }
    }
}
