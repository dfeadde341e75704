package org.accountsecurity.shop;

/** An account has begun to close; published by {@link Accounts#startClosing} in its transaction. */
public record ClosingStarted(String accountId) {}
