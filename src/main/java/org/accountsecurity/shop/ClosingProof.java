package org.accountsecurity.shop;

/** What must be there before an account is closed for good. */
public interface ClosingProof {

    boolean given(String accountId);
}
