package org.accountsecurity.shop;

/** An account is CLOSED; published in the transaction that closes it. */
public record ClosingFinished(String accountId) {}
