package org.accountsecurity.contest;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.accountsecurity.crypto.KeyedHash;
import org.accountsecurity.crypto.Seal;
import org.accountsecurity.notice.Addressee;
import org.accountsecurity.retention.ChunkedDelete;
import org.accountsecurity.retention.Purgeable;
import org.accountsecurity.shop.Account;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The numbers that an account has unbound, encrypted. For 30 days each gets the notices of sensitive steps, so that
 * somebody who has taken over the account and bound other numbers cannot hide these steps from its holder.
 */
@Component
public class UnboundPhones implements Purgeable {

    private static final Logger LOG = LoggerFactory.getLogger(UnboundPhones.class);

    /** Plus the 30 days of a link, this ends before the operator gives the number to somebody else after 90 days. */
    private static final Duration NOTIFIED_FOR = Duration.ofDays(30);

    /** In one notice; the numbers that were unbound last are left out, since an attacker binds numbers after the holder. */
    private static final int MOST_NOTIFIED = 5;

    private static final int KEY_DIGITS = 8;

    private final Seal seal;
    private final KeyedHash keyedHash;
    private final JdbcClient jdbc;
    private final Clock clock;

    UnboundPhones(Seal seal, KeyedHash keyedHash, JdbcClient jdbc, Clock clock) {
        this.seal = seal;
        this.keyedHash = keyedHash;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Keeps the number from now on, as a new one if it was unbound before; the caller holds the lock of the account's row. */
    public void keep(String accountId, String phone) {
        String id = keyedHash.hex("unbound-phone", accountId, phone);
        jdbc.sql("delete from unbound_phone where id = ?").param(id).update();
        jdbc.sql("insert into unbound_phone (id, account_id, sealed, expires_at) values (?, ?, ?, ?)")
                .params(
                        id,
                        accountId,
                        seal.encrypt(phone),
                        Timestamp.from(clock.instant().plus(NOTIFIED_FOR)))
                .update();
    }

    /**
     * The numbers that the account has unbound and not bound again, the earliest first. A number that cannot be decrypted is
     * left out, so that the holder can go on.
     */
    public List<Addressee> of(Account account) {
        List<Optional<Addressee>> kept = jdbc.sql(
                        "select id, sealed from unbound_phone where account_id = ? and expires_at > ? order by expires_at")
                .params(account.id(), Timestamp.from(clock.instant()))
                .query((row, number) -> opened(row.getString("id"), row.getString("sealed")))
                .list();
        long lost = kept.stream().filter(Optional::isEmpty).count();
        if (lost > 0) {
            LOG.error(
                    "{} numbers that an account has unbound can't be opened with this account-security.vault.master-key and"
                            + " get no notice; set the key under which they were kept",
                    lost);
        }
        return kept.stream()
                .flatMap(Optional::stream)
                .filter(former -> !former.address().equals(account.phone()))
                .limit(MOST_NOTIFIED)
                .toList();
    }

    private Optional<Addressee> opened(String id, String sealed) {
        try {
            return Optional.of(Addressee.former(id.substring(0, KEY_DIGITS), seal.decrypt(sealed)));
        } catch (IllegalStateException e) {
            return Optional.empty();
        }
    }

    /** Forgets all of them; a second call changes nothing. */
    public void forget(String accountId) {
        jdbc.sql("delete from unbound_phone where account_id = ?")
                .param(accountId)
                .update();
    }

    @Override
    public int purge(Instant now) {
        return ChunkedDelete.delete(jdbc, "unbound_phone", "id", "expires_at", now);
    }
}
