package org.accountsecurity.verification;

import java.time.Instant;

/**
 * What the process knows of a code while it waits for it.
 *
 * @param message why the code is the one from before, null if it is new
 */
record IssuedCode(Instant expiresAt, String message) {}
