package org.accountsecurity.contest;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.accountsecurity.notice.Addressee;

/**
 * A request that somebody has contested.
 *
 * @param addressee the name of whom the link was sent to; null if an older version sent it
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
    private static final Map<String, String> ADDRESSEES =
            Map.of("SMS", "绑定手机号", "EMAIL", "绑定邮箱", "OLD", "原手机号", "NEW", "新手机号");

    /** At which of the account's addresses the link was used; there is no address in it. */
    String contestedFrom() {
        if (addressee == null) {
            return "未知（旧版本的通知）";
        }
        return Addressee.former(addressee) ? "此前解绑的手机号" : ADDRESSEES.getOrDefault(addressee, addressee);
    }

    /** By which holder and staff speak of it; it opens nothing. */
    String number() {
        return "YY-" + id.substring(0, DIGITS).toUpperCase(Locale.ROOT);
    }
}
