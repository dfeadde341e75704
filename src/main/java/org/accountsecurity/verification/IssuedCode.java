package org.accountsecurity.verification;

import java.time.Instant;

/**
 * The values of a code that the process keeps while it waits.
 *
 * @param message why the code is the one from before, null if it is new
 */
record IssuedCode(Instant expiresAt, String message) {}
