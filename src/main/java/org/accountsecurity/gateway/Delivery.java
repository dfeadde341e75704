package org.accountsecurity.gateway;

/** What a gateway says became of a message that it took. */
public enum Delivery {
    DELIVERED,
    UNDELIVERED
}
