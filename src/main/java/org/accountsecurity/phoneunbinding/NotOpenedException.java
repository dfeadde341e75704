package org.accountsecurity.phoneunbinding;

/** The account has an open change already, or is being closed. */
class NotOpenedException extends Exception {

    NotOpenedException(String reason) {
        super(reason);
    }
}
