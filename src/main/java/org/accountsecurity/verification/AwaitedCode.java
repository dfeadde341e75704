package org.accountsecurity.verification;

/**
 * The state of a code while its form is open.
 *
 * @param maskedTarget the masked address, or a note that the account is no longer bound to it
 * @param expiresAt as a time of day
 * @param resendAt as a time of day
 * @param sending the state of its send
 * @param otherChannel whether the holder has another channel
 */
record AwaitedCode(
        Code code,
        String maskedTarget,
        String expiresAt,
        String resendAt,
        int sendsLeft,
        CodeStore.Sending sending,
        boolean otherChannel) {}
