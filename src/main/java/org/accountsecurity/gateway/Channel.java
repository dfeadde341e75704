package org.accountsecurity.gateway;

import org.accountsecurity.text.Messages;

/** A way to reach a holder. */
public enum Channel {
    SMS,
    EMAIL;

    /** What people call it. */
    public String label() {
        return Messages.textOf("channel.", this);
    }
}
