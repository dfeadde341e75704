package org.accountsecurity.gateway;

/** No gateway confirmed a message; the reason contains neither its address nor its text. */
public class MessageNotAcceptedException extends RuntimeException {

    private final boolean mayHaveGone;

    public MessageNotAcceptedException(Channel channel, String reason) {
        this(channel, reason, false);
    }

    /** @param mayHaveGone whether a gateway had the message and did not answer clearly */
    public MessageNotAcceptedException(Channel channel, String reason, boolean mayHaveGone) {
        super("the " + channel + " gateway did not accept the message: " + reason);
        this.mayHaveGone = mayHaveGone;
    }

    public boolean mayHaveGone() {
        return mayHaveGone;
    }
}
