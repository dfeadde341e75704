package org.accountsecurity.deregistration.export;

/** A copy can't be made now; the message quotes no record. */
class NotCopiedException extends IllegalStateException {

    NotCopiedException(String message) {
        super(message);
    }
}
