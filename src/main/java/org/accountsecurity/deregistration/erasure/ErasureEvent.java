package org.accountsecurity.deregistration.erasure;

/** A step in the erasure of a data set, without the account. */
public record ErasureEvent(String dataSet, Outcome outcome) {

    /** The kind of step. */
    public enum Outcome {
        /** The data set has confirmed that it holds nothing. */
        VERIFIED,
        /** An attempt failed; the job tries again as long as it may. */
        FAILED,
        /** It was not done in time, and staff has a task. */
        STUCK,
        /** Staff let the job try again. */
        RETRIED;

        /** Whether the event is valid although its transaction is rolled back. */
        public boolean survivesRollback() {
            return this == FAILED;
        }
    }
}
