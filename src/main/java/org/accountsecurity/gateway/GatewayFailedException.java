package org.accountsecurity.gateway;

/** A gateway was asked and did not confirm the message; the reason contains neither its address nor its text. */
class GatewayFailedException extends RuntimeException {

    private final boolean mayHaveTaken;

    GatewayFailedException(String reason) {
        this(reason, false);
    }

    /** @param mayHaveTaken whether the gateway had the message and did not answer clearly */
    GatewayFailedException(String reason, boolean mayHaveTaken) {
        super(reason);
        this.mayHaveTaken = mayHaveTaken;
    }

    boolean mayHaveTaken() {
        return mayHaveTaken;
    }
}
