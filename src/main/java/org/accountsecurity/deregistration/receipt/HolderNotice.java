package org.accountsecurity.deregistration.receipt;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.accountsecurity.deregistration.erasure.Vault;
import org.accountsecurity.notification.Message;
import org.accountsecurity.notification.MessageNotAcceptedException;
import org.accountsecurity.notification.Messenger;
import org.accountsecurity.request.HolderRequests;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Tells the former holder, at every address there was, that the account is gone and how to look up the receipt. */
@Component
class HolderNotice {

    private static final Logger LOG = LoggerFactory.getLogger(HolderNotice.class);

    /** After the closing; an address that can't be reached for so long keeps nobody waiting any longer. */
    private static final Duration PATIENCE = Duration.ofHours(1);

    private final Vault vault;
    private final Receipts receipts;
    private final Messenger messenger;
    private final HolderRequests requests;
    private final Clock clock;

    HolderNotice(Vault vault, Receipts receipts, Messenger messenger, HolderRequests requests, Clock clock) {
        this.vault = vault;
        this.receipts = receipts;
        this.messenger = messenger;
        this.requests = requests;
        this.clock = clock;
    }

    /**
     * Sends and then destroys the addresses; a repetition after that sends nothing.
     *
     * @throws MessageNotAcceptedException if an address was not reached and there is time to try again
     */
    @Transactional
    void send(String requestId) {
        List<Vault.Contact> missed = vault.open(requestId).stream()
                .filter(contact -> messenger.delivers(contact.channel()))
                .filter(contact -> !sent(requestId, contact))
                .toList();
        if (!missed.isEmpty()) {
            boolean late = requests.committedAt(requestId).plus(PATIENCE).isBefore(clock.instant());
            if (!late) {
                throw new MessageNotAcceptedException(missed.get(0).channel(), "not all addresses were reached");
            }
            LOG.warn("The last notice of the deregistration {} did not reach {} addresses", requestId, missed.size());
        }
        vault.destroy(requestId);
    }

    private boolean sent(String requestId, Vault.Contact contact) {
        try {
            messenger.send(new Message(
                    contact.channel(),
                    contact.address(),
                    "账户已注销",
                    "【账户安全】您的账户已注销，个人数据已清除，依法保存的交易记录已去除身份信息。注销凭证编号 " + receipts.number(requestId) + "，查询密码 "
                            + receipts.secret(requestId) + "，可在注销凭证页查询和下载。感谢您的使用。",
                    requestId + "-" + contact.channel()));
            return true;
        } catch (MessageNotAcceptedException e) {
            return false;
        }
    }
}
