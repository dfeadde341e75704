package org.accountsecurity.notification;

/** A gateway was asked and did not take the message; says nothing of its address or text. */
class GatewayFailedException extends RuntimeException {

    GatewayFailedException(String reason) {
        super(reason);
    }
}
