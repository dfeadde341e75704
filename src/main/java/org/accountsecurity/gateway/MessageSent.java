package org.accountsecurity.gateway;

/**
 * A message was handed to a gateway, which took or refused it. It is published at once, because a rollback does not
 * recall a message.
 *
 * @param gateway the gateway's name, not its address
 * @param characters how long the text was
 */
public record MessageSent(Channel channel, String gateway, Outcome outcome, int characters) {

    /** The answer of the gateway. */
    public enum Outcome {
        ACCEPTED,
        REFUSED
    }
}
