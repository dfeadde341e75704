package org.accountsecurity.deregistration.erasure;

import org.accountsecurity.contest.ContestableNotices;
import org.accountsecurity.contest.Occasion;
import org.accountsecurity.notice.Notices;
import org.accountsecurity.obligation.Kind;
import org.accountsecurity.obligation.Obligations;
import org.accountsecurity.obligation.OwedOnce;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Tells every address there was that the account is closing. It holds nothing up: where the last notice was faster the
 * addresses are gone, and that notice has the same link.
 */
@Component
class ClosingNotice implements OwedOnce {

    private final Vault vault;
    private final Notices notices;
    private final ContestableNotices contestable;
    private final Obligations obligations;

    ClosingNotice(Vault vault, Notices notices, ContestableNotices contestable, Obligations obligations) {
        this.vault = vault;
        this.notices = notices;
        this.contestable = contestable;
        this.obligations = obligations;
    }

    @Override
    public Kind kind() {
        return Kind.NOTIFY_CLOSING;
    }

    /**
     * Tells.
     *
     * @throws org.accountsecurity.gateway.MessageNotAcceptedException if an address was not reached; a repetition tells those that are left
     */
    @Override
    @Transactional
    public void fulfil(String requestId) {
        obligations.lock(requestId, Kind.NOTIFY_CLOSING);
        notices.sendToAll(contestable.notice(
                requestId,
                Occasion.DEREGISTRATION_COMMITTED,
                vault.open(requestId),
                addressee -> "deregistration-committed" + (addressee.former() ? "-former" : "")));
        obligations.done(requestId, Kind.NOTIFY_CLOSING);
    }
}
