package org.accountsecurity.phoneunbinding;

/** The number can't be bound; the message tells the holder why, in words that give away nothing of others. */
class PhoneNotUsableException extends Exception {

    PhoneNotUsableException(String message) {
        super(message);
    }
}
