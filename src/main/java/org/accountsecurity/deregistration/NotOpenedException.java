package org.accountsecurity.deregistration;

/** The account has an open request already, or is no longer in a state to leave. */
class NotOpenedException extends Exception {

    NotOpenedException(String reason) {
        super(reason);
    }
}
