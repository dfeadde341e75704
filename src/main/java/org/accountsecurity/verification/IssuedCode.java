package org.accountsecurity.verification;

import java.time.Instant;

/**
 * What the holder sees of a code while waiting for it.
 *
 * @param message why the code is the one from before, null if it is new
 */
record IssuedCode(String maskedTarget, String serial, int triesLeft, Instant expiresAt, String message) {}
