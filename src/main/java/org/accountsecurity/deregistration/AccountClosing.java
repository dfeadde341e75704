package org.accountsecurity.deregistration;

import org.accountsecurity.contest.AccountRestrictedException;
import org.accountsecurity.contest.Contests;
import org.accountsecurity.deregistration.erasure.ErasurePlan;
import org.accountsecurity.deregistration.erasure.Vault;
import org.accountsecurity.deregistration.export.DataExports;
import org.accountsecurity.deregistration.receipt.Receipts;
import org.accountsecurity.request.HolderAnswer;
import org.accountsecurity.request.HolderRequests;
import org.accountsecurity.shop.Account;
import org.accountsecurity.shop.AccountStatus;
import org.accountsecurity.shop.Accounts;
import org.accountsecurity.text.Messages;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The commit point of a deregistration. */
@Component
class AccountClosing {

    private final HolderRequests requests;
    private final Accounts accounts;
    private final DataSetHolds holds;
    private final ClosingEvidence evidence;
    private final ErasurePlan plan;
    private final DataExports exports;
    private final Vault vault;
    private final Receipts receipts;
    private final Contests contests;
    private final DeregistrationObligations obligations;

    AccountClosing(
            HolderRequests requests,
            Accounts accounts,
            DataSetHolds holds,
            ClosingEvidence evidence,
            ErasurePlan plan,
            DataExports exports,
            Vault vault,
            Receipts receipts,
            Contests contests,
            DeregistrationObligations obligations) {
        this.requests = requests;
        this.accounts = accounts;
        this.holds = holds;
        this.evidence = evidence;
        this.plan = plan;
        this.exports = exports;
        this.vault = vault;
        this.receipts = receipts;
        this.contests = contests;
        this.obligations = obligations;
    }

    /**
     * Holds new obligations in the data sets, locks the account, checks the evidence and marks the account CLOSING, all in
     * one transaction; afterwards there is no way back.
     *
     * @throws NotReadyToCloseException if anything has changed since the holder confirmed; the verification stays spent
     *     and the account as it was
     */
    @Transactional
    void close(String requestId) throws NotReadyToCloseException {
        String holder = requests.accountOf(requestId);
        HeldDataSets held = holds.begin(holder, requestId);
        Account account = accounts.lock(holder);
        if (account.status() != AccountStatus.ACTIVE) {
            throw new NotReadyToCloseException(Messages.text("deregistration.not-active"));
        }
        try {
            contests.requireUnrestricted(account.id());
        } catch (AccountRestrictedException e) {
            throw new NotReadyToCloseException(e.getMessage());
        }
        if (!requests.stillCoolingOff(requestId)) {
            requests.coolOff(requestId, null);
        }
        holds.holdLocal(account.id(), requestId);
        HolderAnswer confirmation = evidence.require(requestId, account, held);
        if (!accounts.startClosing(account.id())) {
            throw new NotReadyToCloseException(Messages.text("deregistration.debt"));
        }
        vault.seal(requestId, account);
        exports.deleteOf(account.id());
        receipts.open(requestId);
        plan.record(requestId);
        obligations.oweCommitted(requestId);
        requests.commit(requestId, confirmation.id());
        held.closed().set(true);
    }
}
