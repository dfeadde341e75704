package org.accountsecurity.deregistration;

/** At the commit point the account turned out not to be ready; nothing of it was changed. */
class NotReadyToCloseException extends Exception {

    NotReadyToCloseException(String reason) {
        super(reason);
    }
}
