package org.accountsecurity.deregistration;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.accountsecurity.contest.ContestableNotices;
import org.accountsecurity.contest.Occasion;
import org.accountsecurity.contest.UnboundPhones;
import org.accountsecurity.notice.Addressee;
import org.accountsecurity.notice.Notice;
import org.accountsecurity.notice.Notices;
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

    private final HolderRequests requests;
    private final Accounts accounts;
    private final Addresses addresses;
    private final Notices notices;
    private final ContestableNotices contestable;
    private final UnboundPhones unbound;
    private final Obligations obligations;

    HolderMessages(
            HolderRequests requests,
            Accounts accounts,
            Addresses addresses,
            Notices notices,
            ContestableNotices contestable,
            UnboundPhones unbound,
            Obligations obligations) {
        this.requests = requests;
        this.accounts = accounts;
        this.addresses = addresses;
        this.notices = notices;
        this.contestable = contestable;
        this.unbound = unbound;
        this.obligations = obligations;
    }

    /**
     * Sends to every bound address; a repetition on the same occasion carries the same keys. Where no gateway reaches the
     * account, the form alone says it.
     *
     * @param giveUpAt from when on the request waits no longer for addresses that can't be reached
     * @throws org.accountsecurity.gateway.MessageNotAcceptedException before that, if there are addresses and none was
     *     reached
     */
    void send(String requestId, String template, Map<String, String> parameters, String occasion, Instant giveUpAt) {
        Account account = accounts.find(requests.accountOf(requestId)).orElseThrow();
        notices.sendToAny(
                Notice.of(requestId + "-" + occasion, Addressee.of(addresses.bound(account)), template, parameters),
                giveUpAt);
    }

    @Override
    public Kind kind() {
        return Kind.NOTIFY_REQUESTED;
    }

    /**
     * Tells every address, and the numbers that were unbound, that a deregistration was asked for, unless the request has
     * ended meanwhile.
     *
     * @throws org.accountsecurity.gateway.MessageNotAcceptedException if one was not reached; a repetition tells those that are left
     */
    @Override
    @Transactional
    public void fulfil(String requestId) {
        obligations.lock(requestId, Kind.NOTIFY_REQUESTED);
        if (requests.open(requestId)) {
            tellAll(requestId);
        }
        obligations.done(requestId, Kind.NOTIFY_REQUESTED);
    }

    private void tellAll(String requestId) {
        Account account = accounts.find(requests.accountOf(requestId)).orElseThrow();
        List<Addressee> addressees = Stream.concat(
                        Addressee.of(addresses.bound(account)).stream(), unbound.of(account).stream())
                .toList();
        notices.sendToAll(contestable.notice(
                requestId,
                Occasion.DEREGISTRATION_REQUESTED,
                addressees,
                addressee -> "deregistration-requested" + (addressee.former() ? "-former" : "")));
    }
}
