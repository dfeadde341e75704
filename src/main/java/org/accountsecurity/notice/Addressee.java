package org.accountsecurity.notice;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.accountsecurity.gateway.Channel;

/**
 * An address that gets a notice.
 *
 * @param name different for each addressee of one notice
 */
public record Addressee(String name, Channel channel, String address) {

    private static final String FORMER = "FORMER";

    /** The one address of a channel. */
    public Addressee(Channel channel, String address) {
        this(channel.name(), channel, address);
    }

    /** Addresses by their channel. */
    public static List<Addressee> of(Map<Channel, String> addresses) {
        return addresses.entrySet().stream()
                .map(address -> new Addressee(address.getKey(), address.getValue()))
                .toList();
    }

    /** One that was stored by its name. */
    public static Addressee of(String name, String address) {
        return new Addressee(name, former(name) ? Channel.SMS : Channel.valueOf(name), address);
    }

    /** A number that the account has unbound. */
    public static Addressee former(String key, String phone) {
        return new Addressee(FORMER + "-" + key, Channel.SMS, phone);
    }

    private static boolean former(String name) {
        return name.startsWith(FORMER);
    }

    /** Whether the account is no longer bound to the address. */
    public boolean former() {
        return former(name);
    }

    /** The part of a key of messages that depends on the addressee, such as {@code old}, {@code email} or {@code former}. */
    public static String kind(String name) {
        return (former(name) ? FORMER : name).toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return "Addressee[" + name + "]";
    }
}
