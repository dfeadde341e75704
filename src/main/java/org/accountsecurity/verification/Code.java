package org.accountsecurity.verification;

import java.time.Instant;
import org.accountsecurity.gateway.Channel;

/** An issued code as it is stored, without its digits. */
record Code(
        String id,
        int number,
        String serial,
        Channel channel,
        String targetHash,
        Instant issuedAt,
        Instant expiresAt,
        int triesLeft,
        boolean delivered,
        boolean spent,
        boolean voided) {

    boolean usableAt(Instant now) {
        return !spent && !voided && triesLeft > 0 && expiresAt.isAfter(now);
    }
}
