package org.accountsecurity.notification;

/** A gateway did not take a message; says nothing of its address or text. */
public class MessageNotAcceptedException extends RuntimeException {

    public MessageNotAcceptedException(Channel channel, String reason) {
        super("the " + channel + " gateway did not accept the message: " + reason);
    }
}
