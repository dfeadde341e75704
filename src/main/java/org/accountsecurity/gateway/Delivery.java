package org.accountsecurity.gateway;

/** The delivery status that a gateway reports for a message that it took. */
public enum Delivery {
    DELIVERED,
    UNDELIVERED
}
