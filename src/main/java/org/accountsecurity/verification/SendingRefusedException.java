package org.accountsecurity.verification;

/** No code may be sent now; the message tells the holder why, and when it is possible again. */
class SendingRefusedException extends Exception {

    SendingRefusedException(String message) {
        super(message);
    }
}
