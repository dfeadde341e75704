package org.accountsecurity.verification;

/** A limit forbids another code now; the message tells the holder why and when to try again. */
class SendingRefusedException extends Exception {

    SendingRefusedException(String message) {
        super(message);
    }
}
