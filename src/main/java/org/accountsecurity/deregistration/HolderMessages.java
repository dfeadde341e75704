package org.accountsecurity.deregistration;

import java.util.List;
import java.util.Map;
import org.accountsecurity.notification.Channel;
import org.accountsecurity.notification.Message;
import org.accountsecurity.notification.MessageNotAcceptedException;
import org.accountsecurity.notification.Messenger;
import org.accountsecurity.request.HolderRequests;
import org.accountsecurity.shop.Account;
import org.accountsecurity.shop.Accounts;
import org.accountsecurity.verification.Addresses;
import org.springframework.stereotype.Component;

/** Tells the holder of a request what became of it, at every address that the account is bound to. */
@Component
class HolderMessages {

    private final HolderRequests requests;
    private final Accounts accounts;
    private final Addresses addresses;
    private final Messenger messenger;

    HolderMessages(HolderRequests requests, Accounts accounts, Addresses addresses, Messenger messenger) {
        this.requests = requests;
        this.accounts = accounts;
        this.addresses = addresses;
        this.messenger = messenger;
    }

    /**
     * Sends; a repetition on the same occasion carries the same key. Where no gateway reaches the account, the form alone
     * says it.
     *
     * @throws MessageNotAcceptedException if there are addresses and none was reached
     */
    void send(String requestId, String subject, String text, String occasion) {
        Account account = accounts.find(requests.accountOf(requestId)).orElseThrow();
        Map<Channel, String> bound = addresses.bound(account);
        List<Channel> missed = bound.keySet().stream()
                .filter(channel -> !messenger.accepts(new Message(
                        channel, bound.get(channel), subject, text, requestId + "-" + occasion + "-" + channel)))
                .toList();
        if (!missed.isEmpty() && missed.size() == bound.size()) {
            throw new MessageNotAcceptedException(missed.get(0), "no address was reached");
        }
    }
}
