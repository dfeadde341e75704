package org.accountsecurity.contest;

import org.accountsecurity.notification.Channel;

/**
 * Who gets a notice.
 *
 * @param name tells the addressees of one notice apart
 */
public record Addressee(String name, Channel channel, String address) {

    /** For the one address of a channel. */
    public Addressee(Channel channel, String address) {
        this(channel.name(), channel, address);
    }

    @Override
    public String toString() {
        return "Addressee[" + name + "]";
    }
}
