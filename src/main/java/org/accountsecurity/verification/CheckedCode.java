package org.accountsecurity.verification;

import java.time.Instant;

/**
 * The result of checking a typed code.
 *
 * @param message for the holder, null if the code was accepted
 * @param expiresAt until when another code may be typed, null if none may
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
