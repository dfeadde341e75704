package org.accountsecurity.engine.login;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import org.accountsecurity.secret.KeyedHash;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Counts attempts to log in before they are evaluated, on all nodes together: of a client network, of an account from a
 * client network, and of an account from all networks that it has never logged in from, so that strangers can't lock its
 * holder out. Too many within a quarter of an hour are refused until it is over: never for longer, whoever made them.
 */
@Component
class LoginThrottle {

    private static final Duration WINDOW = Duration.ofMinutes(15);
    private static final int ATTEMPTS_OF_A_LOGIN_FROM_A_NETWORK = 10;
    private static final int ATTEMPTS_OF_A_LOGIN = 50;
    private static final int ATTEMPTS_FROM_A_NETWORK = 100;
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
     * Charges an attempt to all that it counts for; false if one of them has had too many.
     *
     * @param login the account's id, or where there is no account the one spelling of what was typed
     */
    boolean charge(String login, String address) {
        Instant now = clock.instant();
        String network = network(address);
        boolean fromNetwork = count(subject("A", network), now) <= ATTEMPTS_FROM_A_NETWORK;
        boolean ofLoginFromNetwork = count(subject("L", login, network), now) <= ATTEMPTS_OF_A_LOGIN_FROM_A_NETWORK;
        boolean ofLogin = known(login, network) || count(subject("S", login), now) <= ATTEMPTS_OF_A_LOGIN;
        return fromNetwork && ofLoginFromNetwork && ofLogin;
    }

    /** Forgets the attempts of a login that has succeeded, and remembers where from. */
    void succeeded(String login, String address) {
        String network = network(address);
        jdbc.sql("delete from login_attempt where subject = ?")
                .param(subject("L", login, network))
                .update();
        insert(subject("K", login, network), clock.instant());
    }

    /** Takes back what an attempt that has succeeded has cost its network: whoever sends the password along does so often. */
    void refund(String address) {
        jdbc.sql("update login_attempt set attempts = attempts - 1 where subject = ? and attempts > 0")
                .param(subject("A", network(address)))
                .update();
    }

    private boolean known(String login, String network) {
        return jdbc.sql("select count(*) from login_attempt where subject = ?")
                        .param(subject("K", login, network))
                        .query(Long.class)
                        .single()
                > 0;
    }

    private int count(String subject, Instant now) {
        Timestamp over = Timestamp.from(now.minus(WINDOW));
        insert(subject, now);
        return transaction.execute(status -> {
            jdbc.sql("update login_attempt set"
                            + " attempts = case when counted_from <= ? then 1 else attempts + 1 end,"
                            + " counted_from = case when counted_from <= ? then ? else counted_from end"
                            + " where subject = ?")
                    .params(over, over, Timestamp.from(now), subject)
                    .update();
            return jdbc.sql("select attempts from login_attempt where subject = ?")
                    .param(subject)
                    .query(Integer.class)
                    .optional()
                    .orElse(1);
        });
    }

    private void insert(String subject, Instant now) {
        try {
            jdbc.sql("insert into login_attempt (subject, attempts, counted_from) select ?, 0, ?"
                            + " where not exists (select 1 from login_attempt where subject = ?)")
                    .params(subject, Timestamp.from(now), subject)
                    .update();
        } catch (DuplicateKeyException e) {
            // another attempt was first, which is as good
        }
    }

    private String subject(String kind, String... parts) {
        String[] all = Arrays.copyOf(parts, parts.length + 1);
        all[parts.length] = kind;
        return kind + keyedHash.hex(all);
    }

    /** Of an IPv6 address the network, which is what one client has. */
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
