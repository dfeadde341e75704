package org.accountsecurity.verification;

/** The one number outside the account to which a request may send codes, once its holder was verified. */
public interface PhoneCandidates {

    /**
     * The number that the request wants to bind.
     *
     * @throws java.util.NoSuchElementException if the request has named none
     */
    String candidateOf(String requestId);
}
