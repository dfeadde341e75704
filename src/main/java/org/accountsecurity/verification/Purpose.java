package org.accountsecurity.verification;

import org.accountsecurity.text.Messages;

/** What a code is for; one issued for a purpose fails for every other. */
public enum Purpose {
    DEREGISTRATION,
    PHONE_UNBINDING,
    NEW_PHONE;

    /** What the holder is doing, as the message with the code names it. */
    String action() {
        return Messages.textOf("verification-code.purpose-", this);
    }
}
