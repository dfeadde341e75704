package org.accountsecurity.deregistration.erasure;

/** Something became of the erasure of a data set; says not whose. */
public record ErasureEvent(String dataSet, Outcome outcome) {

    /** What became of it. */
    public enum Outcome {
        /** Asked again, the data set held nothing any more. */
        VERIFIED,
        /** An attempt failed; the job tries again as long as it may. */
        FAILED,
        /** It was not done in time, and staff has a task. */
        STUCK,
        /** Staff let the job try again. */
        RETRIED;

        /** Whether it stands although the transaction around it is rolled back. */
        public boolean survivesRollback() {
            return this == FAILED;
        }
    }
}
