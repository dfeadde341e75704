package org.accountsecurity.contest;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.accountsecurity.notification.Channel;
import org.accountsecurity.request.OldRows;
import org.accountsecurity.request.Purgeable;
import org.accountsecurity.secret.Seal;
import org.accountsecurity.shop.Account;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The number that an account has unbound last, encrypted. For a while it is told of every sensitive step of the account:
 * whoever has taken the account over by a number of their own can't keep its holder from hearing of it.
 */
@Component
public class UnboundPhones implements Purgeable {

    /** With the life of a link that is sent on the last day it is over before the number is given to somebody else. */
    private static final Duration TOLD_FOR = Duration.ofDays(30);

    private final Seal seal;
    private final JdbcClient jdbc;
    private final Clock clock;

    UnboundPhones(Seal seal, JdbcClient jdbc, Clock clock) {
        this.seal = seal;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Keeps the number in the place of the one before; the caller holds the lock of the account's row. */
    public void keep(String accountId, String phone) {
        forget(accountId);
        jdbc.sql("insert into unbound_phone (account_id, sealed, expires_at) values (?, ?, ?)")
                .params(
                        accountId,
                        seal.encrypt(phone),
                        Timestamp.from(clock.instant().plus(TOLD_FOR)))
                .update();
    }

    /** Empty if the account has unbound no number lately, or is bound to it again. */
    public Optional<Addressee> of(Account account) {
        return jdbc.sql("select sealed from unbound_phone where account_id = ? and expires_at > ?")
                .params(account.id(), Timestamp.from(clock.instant()))
                .query(String.class)
                .optional()
                .map(seal::decrypt)
                .filter(phone -> !phone.equals(account.phone()))
                .map(phone -> new Addressee(Addressee.FORMER, Channel.SMS, phone));
    }

    /** Forgets the number; a second call changes nothing. */
    public void forget(String accountId) {
        jdbc.sql("delete from unbound_phone where account_id = ?")
                .param(accountId)
                .update();
    }

    @Override
    public int purge(Instant now) {
        return OldRows.delete(jdbc, "unbound_phone", "account_id", "expires_at", now);
    }
}
