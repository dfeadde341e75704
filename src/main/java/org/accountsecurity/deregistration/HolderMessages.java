package org.accountsecurity.deregistration;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.accountsecurity.contest.Addressee;
import org.accountsecurity.contest.ContestableNotices;
import org.accountsecurity.contest.Occasion;
import org.accountsecurity.contest.UnboundPhones;
import org.accountsecurity.gateway.Channel;
import org.accountsecurity.gateway.Message;
import org.accountsecurity.gateway.MessageNotAcceptedException;
import org.accountsecurity.gateway.Messenger;
import org.accountsecurity.obligation.Kind;
import org.accountsecurity.obligation.Obligations;
import org.accountsecurity.obligation.OwedOnce;
import org.accountsecurity.request.HolderRequests;
import org.accountsecurity.shop.Account;
import org.accountsecurity.shop.Accounts;
import org.accountsecurity.verification.Addresses;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Tells the holder of a request what became of it, at every address that the account is bound to. */
@Component
class HolderMessages implements OwedOnce {

    private static final String REQUESTED = "【账户安全】您的账户刚刚申请了注销。是您本人申请的，无需理会。";
    private static final String FORMER_REQUESTED = "【账户安全】本号码此前绑定的账户刚刚申请了注销。是您本人申请的，无需理会。";

    private final HolderRequests requests;
    private final Accounts accounts;
    private final Addresses addresses;
    private final Messenger messenger;
    private final ContestableNotices notices;
    private final UnboundPhones unbound;
    private final Obligations obligations;

    HolderMessages(
            HolderRequests requests,
            Accounts accounts,
            Addresses addresses,
            Messenger messenger,
            ContestableNotices notices,
            UnboundPhones unbound,
            Obligations obligations) {
        this.requests = requests;
        this.accounts = accounts;
        this.addresses = addresses;
        this.messenger = messenger;
        this.notices = notices;
        this.unbound = unbound;
        this.obligations = obligations;
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

    @Override
    public Kind kind() {
        return Kind.TELL_REQUESTED;
    }

    /**
     * Tells every address, and the numbers that were unbound, that a deregistration was asked for, unless the request has
     * ended meanwhile.
     *
     * @throws MessageNotAcceptedException if one was not reached; a repetition tells those that are left
     */
    @Override
    @Transactional
    public void fulfil(String requestId) {
        obligations.lock(requestId, Kind.TELL_REQUESTED);
        if (requests.open(requestId)) {
            tellAll(requestId);
        }
        obligations.done(requestId, Kind.TELL_REQUESTED);
    }

    private void tellAll(String requestId) {
        Account account = accounts.find(requests.accountOf(requestId)).orElseThrow();
        List<Addressee> addressees = Stream.concat(
                        addresses.bound(account).entrySet().stream()
                                .map(address -> new Addressee(address.getKey(), address.getValue())),
                        unbound.of(account).stream())
                .toList();
        List<Addressee> missed = notices.send(
                requestId,
                Occasion.DEREGISTRATION_REQUESTED,
                addressees,
                "有人申请注销您的账户",
                addressee -> addressee.former() ? FORMER_REQUESTED : REQUESTED);
        if (!missed.isEmpty()) {
            throw new MessageNotAcceptedException(missed.get(0).channel(), "not all addresses were reached");
        }
    }
}
