package org.accountsecurity.deregistration;

import java.util.List;
import java.util.Optional;
import org.accountsecurity.deregistration.erasure.ErasurePlan;
import org.accountsecurity.deregistration.erasure.Vault;
import org.accountsecurity.deregistration.receipt.Receipts;
import org.accountsecurity.obligation.ObligationCheck;
import org.accountsecurity.request.HolderRequests;
import org.accountsecurity.shop.Account;
import org.accountsecurity.shop.AccountStatus;
import org.accountsecurity.shop.Accounts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Restores the obligations of accounts that are CLOSING and have lost them, by a restore or a fault. */
@Component
class StrandedAccounts implements ObligationCheck {

    private static final Logger LOG = LoggerFactory.getLogger(StrandedAccounts.class);

    private final HolderRequests requests;
    private final Accounts accounts;
    private final DeregistrationObligations obligations;
    private final ErasurePlan plan;
    private final Receipts receipts;
    private final Vault vault;
    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;

    StrandedAccounts(
            HolderRequests requests,
            Accounts accounts,
            DeregistrationObligations obligations,
            ErasurePlan plan,
            Receipts receipts,
            Vault vault,
            JdbcClient jdbc,
            ApplicationEventPublisher events,
            PlatformTransactionManager transactions) {
        this.requests = requests;
        this.accounts = accounts;
        this.obligations = obligations;
        this.plan = plan;
        this.receipts = receipts;
        this.vault = vault;
        this.jdbc = jdbc;
        this.events = events;
        this.transaction = new TransactionTemplate(transactions);
    }

    @Override
    public List<String> lacking() {
        return jdbc.sql("select id from account where status = 'CLOSING' and not exists (select 1 from holder_request r"
                        + " where r.account_id = account.id and r.committed_at is not null and "
                        + owed("END_LOGINS", "''")
                        + " and (" + owed("SIGN_RECEIPT", "''") + " or exists (select 1 from receipt"
                        + " where request_id = r.id and jws is not null))"
                        + " and exists (select 1 from erasure e where e.request_id = r.id)"
                        + " and not exists (select 1 from erasure e where e.request_id = r.id and e.verified_at is null"
                        + " and not " + owed("ERASE", "e.data_set") + "))")
                .query(String.class)
                .list();
    }

    @Override
    public void owe(String accountId) {
        transaction.executeWithoutResult(status -> adopt(accountId));
    }

    private static String owed(String kind, String subject) {
        return "exists (select 1 from obligation o where o.request_id = r.id and o.kind = '" + kind
                + "' and o.subject = " + subject + " and o.done_at is null)";
    }

    private void adopt(String accountId) {
        Account account = accounts.lock(accountId);
        if (account.status() != AccountStatus.CLOSING || !lacking().contains(accountId)) {
            return;
        }
        Optional<String> committed = jdbc.sql("select id from holder_request where account_id = ? and process_key = ?"
                        + " and committed_at is not null order by committed_at desc limit 1")
                .params(accountId, DeregistrationProcess.KEY)
                .query(String.class)
                .optional();
        String request = committed.orElseGet(() -> requests.openCommitted(DeregistrationProcess.KEY, accountId));
        if (committed.isEmpty()) {
            vault.seal(request, account);
        }
        plan.record(request);
        receipts.open(request);
        obligations.oweCommitted(request);
        LOG.error("The account of the deregistration {} is closing and nothing was owed for it; now it is", request);
        events.publishEvent(new AccountStranded());
    }
}
