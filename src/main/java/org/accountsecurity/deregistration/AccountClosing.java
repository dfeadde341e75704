package org.accountsecurity.deregistration;

import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.accountsecurity.contest.AccountRestrictedException;
import org.accountsecurity.contest.Contests;
import org.accountsecurity.deregistration.erasure.DataSetCatalogue;
import org.accountsecurity.deregistration.erasure.ErasurePlan;
import org.accountsecurity.deregistration.erasure.Vault;
import org.accountsecurity.deregistration.export.DataExports;
import org.accountsecurity.deregistration.receipt.Receipts;
import org.accountsecurity.request.HolderRequests;
import org.accountsecurity.shop.Account;
import org.accountsecurity.shop.AccountStatus;
import org.accountsecurity.shop.Accounts;
import org.accountsecurity.verification.NotVerifiedException;
import org.accountsecurity.verification.Purpose;
import org.accountsecurity.verification.Verifications;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The commit point of a deregistration. */
@Component
class AccountClosing {

    private static final Logger LOG = LoggerFactory.getLogger(AccountClosing.class);

    private final HolderRequests requests;
    private final Deregistrations deregistrations;
    private final Accounts accounts;
    private final Verifications verifications;
    private final OpenItems openItems;
    private final DataSetCatalogue dataSets;
    private final ErasurePlan plan;
    private final DataExports exports;
    private final Vault vault;
    private final Receipts receipts;
    private final Contests contests;
    private final DeregistrationObligations obligations;

    AccountClosing(
            HolderRequests requests,
            Deregistrations deregistrations,
            Accounts accounts,
            Verifications verifications,
            OpenItems openItems,
            DataSetCatalogue dataSets,
            ErasurePlan plan,
            DataExports exports,
            Vault vault,
            Receipts receipts,
            Contests contests,
            DeregistrationObligations obligations) {
        this.requests = requests;
        this.deregistrations = deregistrations;
        this.accounts = accounts;
        this.verifications = verifications;
        this.openItems = openItems;
        this.dataSets = dataSets;
        this.plan = plan;
        this.exports = exports;
        this.vault = vault;
        this.receipts = receipts;
        this.contests = contests;
        this.obligations = obligations;
    }

    /**
     * Locks the account, freezes its obligations, spends the verification, runs every check again and marks the account
     * CLOSING: all of it in one transaction, and from then on there is no way back.
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
            contests.requireUnrestricted(account.id());
        } catch (AccountRestrictedException e) {
            throw new NotReadyToCloseException(e.getMessage());
        }
        if (requests.stillFrozen(requestId)) {
            throw new NotReadyToCloseException("冷静期还没有结束，账户没有关闭。");
        }
        requests.freeze(requestId, null);
        AtomicBoolean closed = freeze(account.id(), requestId);
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
        if (!accounts.startClosing(account.id())) {
            throw new NotReadyToCloseException("账户还有未结清的交易，没有关闭。请结清后再确认。");
        }
        vault.seal(requestId, account);
        exports.deleteOf(account.id());
        receipts.open(requestId);
        plan.fix(requestId);
        obligations.oweCommitted(requestId);
        requests.commit(requestId);
        closed.set(true);
    }

    /**
     * Freezes every data set, and unfreezes them after the transaction unless it has closed the account, or may have: where
     * the answer to its commit was lost the freeze ends by itself.
     *
     * @return to be set once it has
     */
    private AtomicBoolean freeze(String accountId, String requestId) {
        AtomicBoolean closed = new AtomicBoolean();
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

            private boolean committing;

            @Override
            public void beforeCommit(boolean readOnly) {
                committing = true;
            }

            /** The status is no help: it says rolled back of a commit whose answer was lost, too. */
            @Override
            public void afterCompletion(int status) {
                if (!committing || !closed.get()) {
                    dataSets.getNames().forEach(name -> unfreeze(name, accountId, requestId));
                }
            }
        });
        dataSets.getNames()
                .forEach(name -> dataSets.ask(name, asked -> {
                    asked.freeze(accountId, requestId);
                    return name;
                }));
        return closed;
    }

    /** One that can't be reached now ends its freeze by itself; the others need not wait for that. */
    private void unfreeze(String dataSet, String accountId, String requestId) {
        try {
            dataSets.get(dataSet).unfreeze(accountId, requestId);
        } catch (RuntimeException e) {
            LOG.warn(
                    "The data set {} was not unfrozen: {}",
                    dataSet,
                    e.getClass().getSimpleName());
        }
    }
}
