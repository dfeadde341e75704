package org.accountsecurity.verification;

import java.util.Optional;
import java.util.Set;
import org.accountsecurity.gateway.Channel;

/**
 * Which channel the holder asks for.
 *
 * @param wanted as chosen in a form, null where none was asked for
 * @param other true: another one than the last
 */
record ChannelChoice(Channel wanted, boolean other) {

    /** The option by which a form asks for another channel. */
    static final String OTHER = "OTHER_CHANNEL";

    /** The channel to use of those the account has; what it has not falls back on the last one or the first. */
    Channel among(Set<Channel> available, Optional<Channel> last) {
        if (other && last.isPresent()) {
            return available.stream()
                    .filter(channel -> channel != last.get())
                    .findFirst()
                    .orElse(last.get());
        }
        return Optional.ofNullable(wanted)
                .or(() -> last)
                .filter(available::contains)
                .orElseGet(() -> available.iterator().next());
    }

    boolean unavailable(Set<Channel> available) {
        return other && available.size() < 2;
    }
}
