package org.accountsecurity.deregistration.erasure;

import java.util.List;
import org.accountsecurity.contest.Addressee;
import org.accountsecurity.contest.ContestableNotices;
import org.accountsecurity.contest.Occasion;
import org.accountsecurity.gateway.MessageNotAcceptedException;
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

    private static final String TEXT = "【账户安全】您的账户已确认注销，正在清除个人数据，不能撤销。";
    private static final String FORMER_TEXT = "【账户安全】本号码此前绑定的账户已确认注销，正在清除个人数据，不能撤销。";

    private final Vault vault;
    private final ContestableNotices notices;
    private final Obligations obligations;

    ClosingNotice(Vault vault, ContestableNotices notices, Obligations obligations) {
        this.vault = vault;
        this.notices = notices;
        this.obligations = obligations;
    }

    @Override
    public Kind kind() {
        return Kind.TELL_CLOSING;
    }

    /**
     * Tells.
     *
     * @throws MessageNotAcceptedException if an address was not reached; a repetition tells those that are left
     */
    @Override
    @Transactional
    public void fulfil(String requestId) {
        obligations.lock(requestId, Kind.TELL_CLOSING);
        List<Addressee> missed = notices.send(
                requestId,
                Occasion.DEREGISTRATION_COMMITTED,
                vault.open(requestId),
                "您的账户正在注销",
                addressee -> addressee.former() ? FORMER_TEXT : TEXT);
        if (!missed.isEmpty()) {
            throw new MessageNotAcceptedException(missed.get(0).channel(), "not all addresses were reached");
        }
        obligations.done(requestId, Kind.TELL_CLOSING);
    }
}
