package org.accountsecurity.gateway;

/** No gateway took a message, as far as is known; says nothing of its address or text. */
public class MessageNotAcceptedException extends RuntimeException {

    private final boolean mayHaveGone;

    public MessageNotAcceptedException(Channel channel, String reason) {
        this(channel, reason, false);
    }

    /** @param mayHaveGone whether a gateway had the message and did not say what it made of it */
    public MessageNotAcceptedException(Channel channel, String reason, boolean mayHaveGone) {
        super("the " + channel + " gateway did not accept the message: " + reason);
        this.mayHaveGone = mayHaveGone;
    }

    public boolean mayHaveGone() {
        return mayHaveGone;
    }
}
