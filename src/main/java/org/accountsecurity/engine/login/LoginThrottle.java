package org.accountsecurity.engine.login;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.accountsecurity.crypto.KeyedHash;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Limits failed logins across all nodes: by client network, by account and client network, and by account for all
 * networks it has never logged in from, so that strangers can't lock its holder out. An attempt is charged before it is
 * evaluated and refunded on success. The limits apply for a quarter of an hour at most.
 */
@Component
class LoginThrottle {

    private static final Duration WINDOW = Duration.ofMinutes(15);
    private static final int FAILURES_OF_A_LOGIN_FROM_A_NETWORK = 10;
    private static final int FAILURES_OF_A_LOGIN = 50;
    private static final int FAILURES_FROM_A_NETWORK = 100;
    private static final int IPV6_NETWORK_BYTES = 8;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final KeyedHash keyedHash;
    private final Clock clock;

    LoginThrottle(JdbcClient jdbc, PlatformTransactionManager transactions, KeyedHash keyedHash, Clock clock) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.keyedHash = keyedHash;
        this.clock = clock;
    }

    /**
     * The charge for one attempt.
     *
     * @param allowed false if one of the limits is exceeded
     */
    record Charge(boolean allowed, List<Counted> counted) {}

    /** @param from when the quarter of an hour began in which it was counted */
    private record Counted(String subject, int attempts, Timestamp from) {

        boolean atMost(int limit) {
            return attempts <= limit;
        }
    }

    /**
     * Charges an attempt to all counters.
     *
     * @param login the account id, or without an account the canonical form of the input
     */
    Charge charge(String login, String address) {
        Instant now = clock.instant();
        String network = network(address);
        Counted fromNetwork = count(subject("A", network), now);
        Counted ofLoginFromNetwork = count(subject("L", login, network), now);
        boolean allowed = fromNetwork.atMost(FAILURES_FROM_A_NETWORK)
                && ofLoginFromNetwork.atMost(FAILURES_OF_A_LOGIN_FROM_A_NETWORK);
        if (known(login, network)) {
            return new Charge(allowed, List.of(fromNetwork));
        }
        Counted ofLogin = count(subject("S", login), now);
        return new Charge(allowed && ofLogin.atMost(FAILURES_OF_A_LOGIN), List.of(fromNetwork, ofLogin));
    }

    /** Refunds a successful attempt, clears the failures before it, and remembers the network. */
    void succeeded(Charge charge, String login, String address) {
        String network = network(address);
        charge.counted().forEach(this::giveBack);
        jdbc.sql("delete from login_attempt where subject = ?")
                .param(subject("L", login, network))
                .update();
        insert(subject("K", login, network), clock.instant());
    }

    /** Refunds within the quarter of an hour that was charged. */
    private void giveBack(Counted counted) {
        jdbc.sql("update login_attempt set attempts = attempts - 1"
                        + " where subject = ? and counted_from = ? and attempts > 0")
                .params(counted.subject(), counted.from())
                .update();
    }

    private boolean known(String login, String network) {
        return jdbc.sql("select count(*) from login_attempt where subject = ?")
                        .param(subject("K", login, network))
                        .query(Long.class)
                        .single()
                > 0;
    }

    private Counted count(String subject, Instant now) {
        Timestamp over = Timestamp.from(now.minus(WINDOW));
        insert(subject, now);
        return transaction.execute(status -> {
            jdbc.sql("update login_attempt set"
                            + " attempts = case when counted_from <= ? then 1 else attempts + 1 end,"
                            + " counted_from = case when counted_from <= ? then ? else counted_from end"
                            + " where subject = ?")
                    .params(over, over, Timestamp.from(now), subject)
                    .update();
            return jdbc.sql("select attempts, counted_from from login_attempt where subject = ?")
                    .param(subject)
                    .query((row, number) -> new Counted(subject, row.getInt(1), row.getTimestamp(2)))
                    .optional()
                    .orElseGet(() -> new Counted(subject, 1, Timestamp.from(now)));
        });
    }

    private void insert(String subject, Instant now) {
        try {
            jdbc.sql("insert into login_attempt (subject, attempts, counted_from) select ?, 0, ?"
                            + " where not exists (select 1 from login_attempt where subject = ?)")
                    .params(subject, Timestamp.from(now), subject)
                    .update();
        } catch (DuplicateKeyException e) {
            // another attempt was first
        }
    }

    private String subject(String kind, String... parts) {
        String[] all = Arrays.copyOf(parts, parts.length + 1);
        all[parts.length] = kind;
        return kind + keyedHash.hex(all);
    }

    /** The /64 network of an IPv6 address, which is one client. */
    private static String network(String address) {
        if (!address.contains(":")) {
            return address;
        }
        try {
            byte[] bytes = InetAddress.getByName(address).getAddress();
            return HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, IPV6_NETWORK_BYTES));
        } catch (UnknownHostException e) {
            return address;
        }
    }
}
