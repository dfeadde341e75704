package org.accountsecurity.shop;

/** The number is bound to another live account. */
public class PhoneTakenException extends Exception {

    public PhoneTakenException(Throwable cause) {
        super("the number is bound to another account", cause);
    }
}
