package org.accountsecurity.phoneunbinding;

/** At the commit point the account or its evidence was not as the change needs it; the message tells the holder what to do. */
class NotReadyToRebindException extends Exception {

    NotReadyToRebindException(String message) {
        super(message);
    }
}
