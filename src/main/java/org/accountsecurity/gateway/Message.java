package org.accountsecurity.gateway;

import java.util.Map;

/**
 * A text to one address.
 *
 * @param key the same for every attempt at the same message, so that a gateway can drop a repetition
 * @param template which kind of text it is, for gateways that send registered templates only
 * @param parameters what such a template is filled with
 */
public record Message(
        Channel channel,
        String to,
        String subject,
        String text,
        String key,
        String template,
        Map<String, String> parameters) {

    /** The kind of every message that names no other; its one parameter is {@code text}. */
    public static final String NOTICE = "notice";

    /** The kind of a message with a code; its parameters are {@code action}, {@code code}, {@code serial}, {@code minutes}. */
    public static final String VERIFICATION_CODE = "verification-code";

    /** A notice. */
    public Message(Channel channel, String to, String subject, String text, String key) {
        this(channel, to, subject, text, key, NOTICE, Map.of("text", text));
    }

    /** Names the message and neither its address nor its text. */
    @Override
    public String toString() {
        return "Message[" + channel + ", " + key + "]";
    }
}
