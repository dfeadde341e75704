package org.accountsecurity.contest;

import org.accountsecurity.notification.Channel;

/**
 * Who gets a notice.
 *
 * @param name tells the addressees of one notice apart
 */
public record Addressee(String name, Channel channel, String address) {

    /** The name of the number that was unbound before this notice, see {@link UnboundPhones}. */
    public static final String FORMER = "FORMER";

    /** For the one address of a channel. */
    public Addressee(Channel channel, String address) {
        this(channel.name(), channel, address);
    }

    /** Whether the account is no longer bound to the address. */
    public boolean former() {
        return name.equals(FORMER);
    }

    @Override
    public String toString() {
        return "Addressee[" + name + "]";
    }
}
