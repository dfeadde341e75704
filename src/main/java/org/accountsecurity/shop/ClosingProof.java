package org.accountsecurity.shop;

/** The evidence that must exist before a closing account becomes CLOSED. */
public interface ClosingProof {

    boolean given(String accountId);
}
