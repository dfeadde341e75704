package org.accountsecurity.deregistration.erasure;

import org.accountsecurity.notification.Message;
import org.accountsecurity.notification.Messenger;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Tells the former holder, at every address there was, that the account is gone. */
@Component
class HolderNotice {

    private final Vault vault;
    private final Messenger messenger;

    HolderNotice(Vault vault, Messenger messenger) {
        this.vault = vault;
        this.messenger = messenger;
    }

    /** Sends and then destroys the addresses; a repetition after that sends nothing. */
    @Transactional
    void send(String requestId) {
        vault.open(requestId).stream()
                .filter(contact -> messenger.delivers(contact.channel()))
                .forEach(contact -> messenger.send(new Message(
                        contact.channel(),
                        contact.address(),
                        "账户已注销",
                        "【账户安全】您的账户已注销，个人数据已清除，依法保存的交易记录已去除身份信息。感谢您的使用。",
                        requestId + "-" + contact.channel())));
        vault.destroy(requestId);
    }
}
