package org.accountsecurity.deregistration.receipt;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.accountsecurity.contest.ContestableNotices;
import org.accountsecurity.contest.Occasion;
import org.accountsecurity.deregistration.erasure.Vault;
import org.accountsecurity.gateway.Message;
import org.accountsecurity.notice.Addressee;
import org.accountsecurity.notice.Notice;
import org.accountsecurity.notice.Notices;
import org.accountsecurity.obligation.Kind;
import org.accountsecurity.obligation.Obligations;
import org.accountsecurity.obligation.OwedOnce;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Tells the former holder, at every address there was, that the account is gone and how to look up the receipt. */
@Component
class HolderNotice implements OwedOnce {

    /** After the receipt; an address that can't be reached for so long keeps nobody waiting any longer. */
    private static final Duration PATIENCE = Duration.ofHours(1);

    /** For the holder to see in Tasklist that it went well. */
    private static final Duration SEEN = Duration.ofMinutes(10);

    private final Vault vault;
    private final Receipts receipts;
    private final Notices notices;
    private final ContestableNotices contestable;
    private final Obligations obligations;

    HolderNotice(
            Vault vault, Receipts receipts, Notices notices, ContestableNotices contestable, Obligations obligations) {
        this.vault = vault;
        this.receipts = receipts;
        this.notices = notices;
        this.contestable = contestable;
        this.obligations = obligations;
    }

    @Override
    public Kind kind() {
        return Kind.NOTIFY_RESULT;
    }

    /**
     * Sends, and destroys each address once it is told, at the latest when there is no more waiting; a repetition sends
     * to those that are left.
     *
     * @throws org.accountsecurity.gateway.MessageNotAcceptedException if an address was not reached and there is time to try again
     * @throws IllegalStateException if the receipt is not signed: there is no result to tell of
     */
    @Override
    @Transactional
    public void fulfil(String requestId) {
        obligations.lock(requestId, Kind.NOTIFY_RESULT);
        if (!receipts.issued(requestId)) {
            throw new IllegalStateException("the receipt is not signed");
        }
        notices.sendToAll(
                new LastNotice(requestId, vault.open(requestId)),
                receipts.issuedAt(requestId).plus(PATIENCE));
        vault.destroy(requestId);
        obligations.done(requestId, Kind.NOTIFY_RESULT);
        obligations.leave(requestId, Kind.END_LOGINS, SEEN);
    }

    private final class LastNotice implements Notice {

        private final String requestId;
        private final List<Addressee> addressees;

        private LastNotice(String requestId, List<Addressee> addressees) {
            this.requestId = requestId;
            this.addressees = addressees;
        }

        @Override
        public String id() {
            return requestId;
        }

        @Override
        public List<Addressee> addressees() {
            return addressees;
        }

        @Override
        public Message message(Addressee addressee) {
            String link = contestable.link(requestId, Occasion.DEREGISTRATION_COMMITTED, addressee);
            // a former number may be no longer the holder's, so it gets no receipt
            return addressee.former()
                    ? message(addressee, "account-closed-former", Map.of("link", link))
                    : message(
                            addressee,
                            "account-closed",
                            Map.of(
                                    "number", receipts.number(requestId),
                                    "secret", receipts.secret(requestId),
                                    "link", link));
        }

        @Override
        public void markSent(Addressee addressee) {
            vault.forget(requestId, addressee);
        }
    }
}
