package org.accountsecurity.gateway;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.accountsecurity.text.Messages;

/**
 * A text to one address.
 *
 * @param key the same for every attempt at the same message, so that a gateway can drop a repetition
 * @param template the kind of message, for gateways that send only templates that an operator has approved
 * @param parameters of the template, by name
 */
public record Message(
        Channel channel,
        String to,
        String subject,
        String text,
        String key,
        String template,
        Map<String, String> parameters) {

    private static final String SUBJECT = ".subject";
    /** At the end of the name of a template that is for mail alone. */
    private static final String MAIL_ONLY = "-email";

    /** A message in the words of the sentences {@code <template>.subject} and {@code <template>.text}. */
    public static Message of(Channel channel, String to, String template, Map<String, String> parameters, String key) {
        return new Message(
                channel,
                to,
                Messages.text(template + SUBJECT, parameters),
                Messages.text(template + ".text", parameters),
                key,
                template,
                parameters);
    }

    /** The names of all templates that are sent by SMS. */
    static Set<String> smsTemplates() {
        return Messages.keys().stream()
                .filter(key -> key.endsWith(SUBJECT))
                .map(key -> key.substring(0, key.length() - SUBJECT.length()))
                .filter(template -> !template.endsWith(MAIL_ONLY))
                .collect(Collectors.toSet());
    }

    /** An SMS begins with the signature; a mail has it as the name of its sender. */
    Message signed(String signature) {
        return channel == Channel.SMS
                ? new Message(channel, to, subject, "【" + signature + "】" + text, key, template, parameters)
                : this;
    }

    /** Names the message and neither its address nor its text. */
    @Override
    public String toString() {
        return "Message[" + channel + ", " + key + "]";
    }
}
