package org.accountsecurity.shop;

import java.util.Optional;

/** The shop's accounts; every change is a conditional update and may be repeated. */
public interface Accounts {

    Optional<Account> find(String accountId);

    /** The active account that logs in with this phone number (any usual spelling) or mail address. */
    Optional<Account> findByLogin(String phoneOrMail);

    /** The stored spelling of a phone number or mail address, however it was typed. */
    String canonicalLogin(String phoneOrMail);

    /**
     * The account, its row locked until the surrounding transaction ends.
     *
     * @throws java.util.NoSuchElementException if there is no such account
     */
    Account lock(String accountId);

    /** Whether a live account holds this number. */
    boolean phoneInUse(String phone);

    /**
     * Binds a new number to an active account and raises its version.
     *
     * @throws IllegalStateException if the account is not active
     * @throws PhoneTakenException if another account holds the number; nothing has changed then and the surrounding
     *     transaction goes on
     */
    void changePhone(String accountId, String newPhone) throws PhoneTakenException;

    /**
     * Raises the version of an account, whatever its status: every session of it ends with its next request, on every node,
     * and earlier verifications are void.
     */
    void endSessions(String accountId);

    /**
     * ACTIVE becomes CLOSING: no login, no new obligation.
     *
     * @return false if the account still has an obligation; nothing has changed then and the surrounding transaction goes
     *     on
     */
    boolean startClosing(String accountId);

    /**
     * CLOSING becomes CLOSED: the last session ends. A second call changes nothing.
     *
     * @return false if there is no {@link ClosingProof} yet; nothing has changed then
     */
    boolean finishClosing(String accountId);
}
