package org.accountsecurity.verification;

/** There is no accepted, unspent verification for this request, purpose and account version. */
public class NotVerifiedException extends Exception {

    NotVerifiedException(Purpose purpose) {
        super("no accepted and unspent verification for " + purpose);
    }
}
