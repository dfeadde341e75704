package org.accountsecurity.gateway;

/** A gateway was asked and did not take the message, as far as is known; says nothing of its address or text. */
class GatewayFailedException extends RuntimeException {

    private final boolean mayHaveTaken;

    GatewayFailedException(String reason) {
        this(reason, false);
    }

    /** @param mayHaveTaken whether the gateway had the message and did not say what it made of it */
    GatewayFailedException(String reason, boolean mayHaveTaken) {
        super(reason);
        this.mayHaveTaken = mayHaveTaken;
    }

    boolean mayHaveTaken() {
        return mayHaveTaken;
    }
}
