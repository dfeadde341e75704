package org.accountsecurity.shop;

/** The life of an account: only an ACTIVE one logs in, a CLOSING one has passed the commit point. */
public enum AccountStatus {
    ACTIVE,
    CLOSING,
    CLOSED
}
