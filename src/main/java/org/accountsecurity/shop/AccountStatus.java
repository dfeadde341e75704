package org.accountsecurity.shop;

/**
 * The states of an account: only an ACTIVE one logs in, the shop may lock one, a CLOSING one is past the commit point.
 */
public enum AccountStatus {
    ACTIVE,
    LOCKED,
    CLOSING,
    CLOSED
}
