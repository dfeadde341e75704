package org.accountsecurity.notification;

/**
 * A text to one address.
 *
 * @param key the same for every attempt at the same message, so that a gateway can drop a repetition
 */
public record Message(Channel channel, String to, String subject, String text, String key) {

    /** Names the message and neither its address nor its text. */
    @Override
    public String toString() {
        return "Message[" + channel + ", " + key + "]";
    }
}
