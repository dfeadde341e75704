package org.accountsecurity.gateway;

/**
 * A message was handed to a gateway, which took it or did not; published at once, because what a gateway has taken it
 * sends whatever becomes of the transaction around it.
 *
 * @param gateway the gateway's name, not its address
 * @param characters how long the text was
 */
public record MessageSent(Channel channel, String gateway, Outcome outcome, int characters) {

    /** What the gateway said. */
    public enum Outcome {
        ACCEPTED,
        REFUSED
    }
}
