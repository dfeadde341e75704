package org.accountsecurity.verification;

import java.time.Instant;

/**
 * What came of a typed code.
 *
 * @param message what the holder reads, null where it was accepted
 * @param expiresAt until when another may be typed, null where none may
 */
record CheckedCode(Result result, String message, Instant expiresAt) {

    static CheckedCode accepted() {
        return new CheckedCode(Result.ACCEPTED, null, null);
    }

    static CheckedCode refused(String message) {
        return new CheckedCode(Result.REFUSED, message, null);
    }

    /** What the gateway behind {@code ServiceTask_CheckCode} reads. */
    enum Result {
        ACCEPTED,
        RETRY,
        REFUSED
    }
}
