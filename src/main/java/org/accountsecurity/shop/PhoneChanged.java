package org.accountsecurity.shop;

/**
 * An account has another phone number; published by {@link Accounts#changePhone} in its transaction.
 *
 * @param version of the account from now on
 */
public record PhoneChanged(String accountId, long version) {}
