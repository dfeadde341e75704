package org.accountsecurity.deregistration;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.Optional;
import org.accountsecurity.deregistration.erasure.SealedContacts;
import org.accountsecurity.request.HolderRequests;
import org.accountsecurity.shop.Account;
import org.accountsecurity.shop.AccountStatus;
import org.accountsecurity.shop.Accounts;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A holder's request to leave: opened, consented to, ended. */
@Component
class Deregistrations {

    private final HolderRequests requests;
    private final Accounts accounts;
    private final DeregistrationNotice notice;
    private final OpenItems openItems;
    private final SealedContacts contacts;
    private final JdbcClient jdbc;
    private final Clock clock;

    Deregistrations(
            HolderRequests requests,
            Accounts accounts,
            DeregistrationNotice notice,
            OpenItems openItems,
            SealedContacts contacts,
            JdbcClient jdbc,
            Clock clock) {
        this.requests = requests;
        this.accounts = accounts;
        this.notice = notice;
        this.openItems = openItems;
        this.contacts = contacts;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Opens the request of an account, under the lock of its row.
     *
     * @return the request's id
     */
    @Transactional
    String open(String accountId, String processInstanceId) throws NotOpenedException {
        Account account = accounts.lock(accountId);
        if (account.status() != AccountStatus.ACTIVE) {
            throw new NotOpenedException("the account is " + account.status());
        }
        return requests.open(DeregistrationProcess.KEY, accountId, processInstanceId)
                .orElseThrow(() -> new NotOpenedException("the account has an open request"));
    }

    /** Keeps the hash of exactly the text that the holder consented to; a later consent takes its place. */
    void recordConsent(String requestId, String consentedText) {
        jdbc.sql("delete from consent where request_id = ?").param(requestId).update();
        jdbc.sql("insert into consent (request_id, notice_hash, consented_at) values (?, ?, ?)")
                .params(requestId, notice.hash(consentedText), Timestamp.from(clock.instant()))
                .update();
    }

    /** Whether the holder consented to the notice as it would read now. */
    boolean consentStands(String requestId) {
        Optional<String> consented = jdbc.sql("select notice_hash from consent where request_id = ?")
                .param(requestId)
                .query(String.class)
                .optional();
        return consented.filter(notice.hash(notice.text())::equals).isPresent();
    }

    /** Ends the request and forgets what only a running one needs. */
    @Transactional
    void end(String requestId, String outcome) {
        requests.end(requestId, outcome);
        openItems.forget(requestId);
        contacts.destroy(requestId);
    }
}
