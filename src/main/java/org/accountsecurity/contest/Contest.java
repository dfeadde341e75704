package org.accountsecurity.contest;

import java.time.Instant;
import java.util.Locale;
import org.accountsecurity.notice.Addressee;
import org.accountsecurity.text.Messages;

/**
 * A request that somebody has contested.
 *
 * @param addressee the name of the addressee whose link was used
 * @param effect while the case is open
 * @param restrictedUntil if it restricts the account and staff finds nothing out before
 */
record Contest(
        String id,
        String requestId,
        Occasion occasion,
        String addressee,
        Effect effect,
        Instant openedAt,
        Instant restrictedUntil) {

    private static final int DIGITS = 8;

    /** At which of the account's addresses the link was used; there is no address in it. */
    String contestedFrom() {
        return Messages.text("contest.from-" + Addressee.kind(addressee));
    }

    /** By which holder and staff speak of it; it opens nothing. */
    String number() {
        return "YY-" + id.substring(0, DIGITS).toUpperCase(Locale.ROOT);
    }
}
