package org.accountsecurity.deregistration;

import java.util.Set;
import org.accountsecurity.deregistration.erasure.SealedContacts;
import org.accountsecurity.request.HolderRequests;
import org.accountsecurity.shop.Account;
import org.accountsecurity.shop.AccountStatus;
import org.accountsecurity.shop.Accounts;
import org.accountsecurity.verification.NotVerifiedException;
import org.accountsecurity.verification.Purpose;
import org.accountsecurity.verification.Verifications;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The commit point of a deregistration. */
@Component
class AccountClosing {

    private final HolderRequests requests;
    private final Deregistrations deregistrations;
    private final Accounts accounts;
    private final Verifications verifications;
    private final OpenItems openItems;
    private final SealedContacts contacts;

    AccountClosing(
            HolderRequests requests,
            Deregistrations deregistrations,
            Accounts accounts,
            Verifications verifications,
            OpenItems openItems,
            SealedContacts contacts) {
        this.requests = requests;
        this.deregistrations = deregistrations;
        this.accounts = accounts;
        this.verifications = verifications;
        this.openItems = openItems;
        this.contacts = contacts;
    }

    /**
     * Locks the account, spends the verification, runs every check again and marks the account CLOSING: all of it in
     * one transaction, and from then on there is no way back.
     *
     * @throws NotReadyToCloseException if anything has changed since the holder confirmed; the verification stays spent
     *     and the account as it was
     */
    @Transactional
    void close(String requestId) throws NotReadyToCloseException {
        Account account = accounts.lock(requests.accountOf(requestId));
        if (account.status() != AccountStatus.ACTIVE) {
            throw new NotReadyToCloseException("您的账户目前不能注销，请联系客服。");
        }
        try {
            verifications.spend(requestId, Purpose.DEREGISTRATION, account);
        } catch (NotVerifiedException e) {
            throw new NotReadyToCloseException("您的联系方式已变更，请重新验证身份。");
        }
        openItems.checkAllBut(Set.of(), requestId);
        int blockers = openItems.blockers(requestId).size();
        if (blockers > 0) {
            throw new NotReadyToCloseException("确认期间新增了 " + blockers + " 个未完成事项，账户没有关闭。");
        }
        if (!deregistrations.consentStands(requestId)) {
            throw new NotReadyToCloseException("注销须知有更新，请重新阅读。");
        }
        contacts.seal(requestId, account);
        accounts.startClosing(account.id());
    }
}
