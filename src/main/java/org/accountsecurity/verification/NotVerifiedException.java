package org.accountsecurity.verification;

/** The request has no accepted, unspent verification of this purpose and account version. */
public class NotVerifiedException extends Exception {

    NotVerifiedException(Purpose purpose) {
        super("no accepted and unspent verification for " + purpose);
    }
}
