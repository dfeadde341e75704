package org.accountsecurity.verification;

/**
 * What came of a typed code.
 *
 * @param message what the holder reads, null where it was accepted
 */
record CheckedCode(Result result, String message) {

    /** What the gateway behind {@code ServiceTask_CheckCode} reads. */
    enum Result {
        ACCEPTED,
        RETRY,
        REFUSED
    }
}
