package org.accountsecurity.gateway;

/** A way to reach a holder. */
public enum Channel {
    SMS,
    EMAIL
}
