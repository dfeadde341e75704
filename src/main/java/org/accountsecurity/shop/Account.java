package org.accountsecurity.shop;

import java.time.Instant;

/**
 * What the application needs to know of a customer's account.
 *
 * @param version goes up with every change of phone or mail and whenever a lock is lifted, so that what was sent to the old
 *     address, and every older session, dies
 * @param phone as it is stored: 11 digits for a mainland number, null once erased
 * @param mail null where the holder gave none
 * @param passwordHash as a Spring Security {@code PasswordEncoder} writes it, null once erased
 */
public record Account(
        String id,
        AccountStatus status,
        long version,
        String phone,
        String mail,
        String passwordHash,
        Instant openedAt,
        MembershipLevel membershipLevel) {

    /** Names the account and nothing of its holder, so that a log line stays free of personal data. */
    @Override
    public String toString() {
        return "Account[" + id + ", " + status + ", version " + version + "]";
    }
}
