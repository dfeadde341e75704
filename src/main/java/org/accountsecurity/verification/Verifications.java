package org.accountsecurity.verification;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.accountsecurity.shop.Account;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Accepted verifications, each of which a commit point spends once. */
@Component
public class Verifications {

    private final JdbcClient jdbc;
    private final VerificationPolicies policies;
    private final Addresses addresses;
    private final CodeGenerator generator;
    private final Clock clock;

    Verifications(
            JdbcClient jdbc, VerificationPolicies policies, Addresses addresses, CodeGenerator generator, Clock clock) {
        this.jdbc = jdbc;
        this.policies = policies;
        this.addresses = addresses;
        this.generator = generator;
        this.clock = clock;
    }

    /** Whether the policy asks for a verification at all. */
    public boolean required(String requestId, Purpose purpose) {
        return policies.of(requestId, purpose).required();
    }

    /**
     * Spends the verification that the request has for this purpose, in the caller's transaction.
     *
     * @param account as locked by the caller; a verification of an earlier version is worth nothing
     * @param by when it must have been accepted, at the latest
     * @throws NotVerifiedException if there is none that is accepted, unspent, of this account version and of an address
     *     that is still the one to verify
     */
    public void spend(String requestId, Purpose purpose, Account account, Instant by) throws NotVerifiedException {
        List<String> targets = addresses.of(requestId, purpose, account).values().stream()
                .map(generator::hash)
                .toList();
        int spent = jdbc.sql("update verification set used_at = :now where request_id = :request"
                        + " and purpose = :purpose and accepted_at <= :by and used_at is null"
                        + " and account_id = :account and account_version = :version and accepted_target in (:targets)")
                .param("now", Timestamp.from(clock.instant()))
                .param("request", requestId)
                .param("purpose", purpose.name())
                .param("by", Timestamp.from(by))
                .param("account", account.id())
                .param("version", account.version())
                .param("targets", targets)
                .update();
        if (spent == 0) {
            throw new NotVerifiedException(purpose);
        }
    }

    /**
     * Forgets, of an account that is gone, the keyed hashes of its addresses. What was verified, and when, stays as the
     * record of processing.
     */
    @Transactional
    public void forget(String accountId) {
        jdbc.sql("update verification set accepted_target = null where account_id = ?")
                .param(accountId)
                .update();
        jdbc.sql("delete from code_allowance where subject = ?")
                .param(accountId)
                .update();
        jdbc.sql("delete from code_allowance where subject in (select c.target_hash"
                        + " from verification_code c join verification v on v.id = c.verification_id"
                        + " where v.account_id = ?)")
                .param(accountId)
                .update();
        jdbc.sql("update verification_code set target_hash = '' where verification_id in"
                        + " (select id from verification where account_id = ?)")
                .param(accountId)
                .update();
        jdbc.sql("delete from code_send where account_id = ?").param(accountId).update();
    }
}
