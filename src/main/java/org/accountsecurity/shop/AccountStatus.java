package org.accountsecurity.shop;

/** The life of an account: only an ACTIVE one logs in, the shop may lock one, a CLOSING one has passed the commit point. */
public enum AccountStatus {
    ACTIVE,
    LOCKED,
    CLOSING,
    CLOSED
}
