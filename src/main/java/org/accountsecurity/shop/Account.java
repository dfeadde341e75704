package org.accountsecurity.shop;

import java.time.Instant;

/**
 * A customer's account, as far as this application needs it.
 *
 * @param version rises with every change of phone or mail and whenever a lock is lifted; codes and sessions of an earlier
 *     version are void
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

    /** Without personal data, for the log. */
    @Override
    public String toString() {
        return "Account[" + id + ", " + status + ", version " + version + "]";
    }
}
