package org.accountsecurity.phoneunbinding;

/** The number can't be bound. The message is for the holder, and reveals nothing about other accounts. */
class PhoneNotUsableException extends Exception {

    PhoneNotUsableException(String message) {
        super(message);
    }
}
