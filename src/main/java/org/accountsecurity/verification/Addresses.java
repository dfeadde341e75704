package org.accountsecurity.verification;

import java.util.EnumMap;
import java.util.Map;
import java.util.NoSuchElementException;
import org.accountsecurity.gateway.Channel;
import org.accountsecurity.gateway.Messenger;
import org.accountsecurity.shop.Account;
import org.springframework.stereotype.Component;

/** Where the codes of a purpose go: to what the account is bound to now, or to the one candidate of a phone change. */
@Component
public class Addresses {

    private final PhoneCandidates candidates;
    private final Messenger messenger;

    Addresses(PhoneCandidates candidates, Messenger messenger) {
        this.candidates = candidates;
        this.messenger = messenger;
    }

    /**
     * In order of preference, on the channels that have a gateway.
     *
     * @throws NoSuchElementException if there is none
     */
    Map<Channel, String> of(String requestId, Purpose purpose, Account account) {
        Map<Channel, String> addresses = ofAny(requestId, purpose, account);
        if (addresses.isEmpty()) {
            throw new NoSuchElementException("account " + account.id() + " has no address that a gateway reaches");
        }
        return addresses;
    }

    /** As {@link #of}; there may be none. */
    Map<Channel, String> ofAny(String requestId, Purpose purpose, Account account) {
        return purpose == Purpose.NEW_PHONE ? Map.of(Channel.SMS, candidates.candidateOf(requestId)) : bound(account);
    }

    /** What the account is bound to, see {@link #of}; it may be nothing. */
    public Map<Channel, String> bound(Account account) {
        Map<Channel, String> addresses = new EnumMap<>(Channel.class);
        if (account.phone() != null && messenger.delivers(Channel.SMS)) {
            addresses.put(Channel.SMS, account.phone());
        }
        if (account.mail() != null && messenger.delivers(Channel.EMAIL)) {
            addresses.put(Channel.EMAIL, account.mail());
        }
        return addresses;
    }
}
