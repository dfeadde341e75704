package org.accountsecurity.deregistration.receipt;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.accountsecurity.contest.Addressee;
import org.accountsecurity.contest.ContestableNotices;
import org.accountsecurity.contest.Occasion;
import org.accountsecurity.deregistration.erasure.Vault;
import org.accountsecurity.gateway.Message;
import org.accountsecurity.gateway.MessageNotAcceptedException;
import org.accountsecurity.gateway.Messenger;
import org.accountsecurity.obligation.Kind;
import org.accountsecurity.obligation.Obligations;
import org.accountsecurity.obligation.OwedOnce;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** Tells the former holder, at every address there was, that the account is gone and how to look up the receipt. */
@Component
class HolderNotice implements OwedOnce {

    private static final Logger LOG = LoggerFactory.getLogger(HolderNotice.class);

    /** Without the receipt: the number may no longer be the holder's. */
    private static final String FORMER_TEXT = "【账户安全】本号码此前绑定的账户已注销，个人数据已清除。";

    /** After the receipt; an address that can't be reached for so long keeps nobody waiting any longer. */
    private static final Duration PATIENCE = Duration.ofHours(1);

    /** For the holder to see in Tasklist that it went well. */
    private static final Duration SEEN = Duration.ofMinutes(10);

    private final Vault vault;
    private final Receipts receipts;
    private final Messenger messenger;
    private final ContestableNotices notices;
    private final Obligations obligations;
    private final TransactionTemplate transaction;
    private final Clock clock;

    HolderNotice(
            Vault vault,
            Receipts receipts,
            Messenger messenger,
            ContestableNotices notices,
            Obligations obligations,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.vault = vault;
        this.receipts = receipts;
        this.messenger = messenger;
        this.notices = notices;
        this.obligations = obligations;
        this.transaction = new TransactionTemplate(transactions);
        transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.clock = clock;
    }

    @Override
    public Kind kind() {
        return Kind.TELL_RESULT;
    }

    /**
     * Sends, and destroys each address once it is told, at the latest when there is no more waiting; a repetition sends
     * to those that are left.
     *
     * @throws MessageNotAcceptedException if an address was not reached and there is time to try again
     * @throws IllegalStateException if the receipt is not signed: there is no result to tell of
     */
    @Override
    @Transactional
    public void fulfil(String requestId) {
        obligations.lock(requestId, Kind.TELL_RESULT);
        if (!receipts.issued(requestId)) {
            throw new IllegalStateException("the receipt is not signed");
        }
        List<Addressee> missed = vault.open(requestId).stream()
                .filter(addressee -> messenger.delivers(addressee.channel()))
                .filter(addressee -> !told(requestId, addressee))
                .toList();
        if (!missed.isEmpty()) {
            boolean late = receipts.issuedAt(requestId).plus(PATIENCE).isBefore(clock.instant());
            if (!late) {
                throw new MessageNotAcceptedException(missed.get(0).channel(), "not all addresses were reached");
            }
            LOG.warn("The last notice of the deregistration {} did not reach {} addresses", requestId, missed.size());
        }
        vault.destroy(requestId);
        obligations.done(requestId, Kind.TELL_RESULT);
        obligations.leave(requestId, Kind.END_LOGINS, SEEN);
    }

    /** What is told stays told, whatever becomes of the others. */
    private boolean told(String requestId, Addressee addressee) {
        Message message = new Message(
                addressee.channel(),
                addressee.address(),
                "账户已注销",
                (addressee.former() ? FORMER_TEXT : text(requestId))
                        + notices.sentence(requestId, Occasion.DEREGISTRATION_COMMITTED, addressee),
                requestId + "-" + addressee.name());
        try {
            transaction.executeWithoutResult(status -> {
                messenger.send(message);
                vault.forget(requestId, addressee);
            });
            return true;
        } catch (MessageNotAcceptedException e) {
            return false;
        }
    }

    private String text(String requestId) {
        return "【账户安全】您的账户已注销，个人数据已清除，依法保存的交易记录已去除身份信息。注销凭证编号 " + receipts.number(requestId) + "，查询密码 "
                + receipts.secret(requestId) + "，可在注销凭证页查询和下载。感谢您的使用。";
    }
}
