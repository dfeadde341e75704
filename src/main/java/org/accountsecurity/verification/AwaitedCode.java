package org.accountsecurity.verification;

/**
 * What can change of a code while its form is open.
 *
 * @param maskedTarget where it went, or that the account is no longer bound to that
 * @param expiresAt as a time of day
 * @param resendAt as a time of day
 * @param sending what is known of its send
 * @param otherChannel whether the holder can have the code sent otherwise
 */
record AwaitedCode(
        Code code,
        String maskedTarget,
        String expiresAt,
        String resendAt,
        int sendsLeft,
        CodeStore.Sending sending,
        boolean otherChannel) {}
