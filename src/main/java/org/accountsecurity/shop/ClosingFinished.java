package org.accountsecurity.shop;

/** An account was closed for good, in the transaction that publishes this. */
public record ClosingFinished(String accountId) {}
