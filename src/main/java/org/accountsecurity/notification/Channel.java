package org.accountsecurity.notification;

/** A way to reach a holder. */
public enum Channel {
    SMS,
    EMAIL
}
