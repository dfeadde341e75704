package org.accountsecurity.contest;

import java.time.Instant;
import java.util.Locale;

/**
 * A request that somebody has contested.
 *
 * @param stopped whether it was stopped before it was committed; its account is restricted while the case is open
 */
record Contest(String id, String requestId, Occasion occasion, boolean stopped, Instant openedAt) {

    private static final int DIGITS = 8;

    /** By which holder and staff speak of it; it opens nothing. */
    String number() {
        return "YY-" + id.substring(0, DIGITS).toUpperCase(Locale.ROOT);
    }
}
