package org.accountsecurity.contest;

import org.accountsecurity.gateway.Channel;

/**
 * Who gets a notice.
 *
 * @param name tells the addressees of one notice apart
 */
public record Addressee(String name, Channel channel, String address) {

    private static final String FORMER = "FORMER";

    /** For the one address of a channel. */
    public Addressee(Channel channel, String address) {
        this(channel.name(), channel, address);
    }

    /** One that has been kept by its name. */
    public static Addressee of(String name, String address) {
        return new Addressee(name, former(name) ? Channel.SMS : Channel.valueOf(name), address);
    }

    /** A number that the account has unbound, see {@link UnboundPhones}. */
    static Addressee former(String key, String phone) {
        return new Addressee(FORMER + "-" + key, Channel.SMS, phone);
    }

    static boolean former(String name) {
        return name.startsWith(FORMER);
    }

    /** Whether the account is no longer bound to the address. */
    public boolean former() {
        return former(name);
    }

    @Override
    public String toString() {
        return "Addressee[" + name + "]";
    }
}
