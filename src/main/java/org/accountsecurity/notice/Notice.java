package org.accountsecurity.notice;

import java.util.List;
import java.util.Map;
import org.accountsecurity.gateway.Message;

/** A notice to several addressees; the message to each has the same key with every attempt. */
public interface Notice {

    /** For the log and the keys of the messages; names no address. */
    String id();

    /** Everybody who is to get it, on whatever channel. */
    List<Addressee> addressees();

    /** The message to one of them. */
    Message message(Addressee addressee);

    /** Whether an earlier attempt has reached the addressee. */
    default boolean sent(Addressee addressee) {
        return false;
    }

    /** Stores that the addressee was reached; called in the transaction that sends. */
    default void markSent(Addressee addressee) {}

    /** A notice with the same words for all, which a repetition sends again with the same keys. */
    static Notice of(String id, List<Addressee> addressees, String template, Map<String, String> parameters) {
        return new SameForAll(id, addressees, template, parameters);
    }

    /** The message to an addressee by a template. */
    default Message message(Addressee addressee, String template, Map<String, String> parameters) {
        return Message.of(
                addressee.channel(), addressee.address(), template, parameters, id() + "-" + addressee.name());
    }

    /** See {@link #of}. */
    record SameForAll(String id, List<Addressee> addressees, String template, Map<String, String> parameters)
            implements Notice {

        @Override
        public Message message(Addressee addressee) {
            return message(addressee, template, parameters);
        }
    }
}
