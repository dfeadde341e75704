package org.accountsecurity.engine.login;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.accountsecurity.secret.KeyedHash;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Counts attempts to log in, by login and by client address, before they are evaluated and on all nodes together. Too many
 * within a quarter of an hour are refused until it is over: never for longer, whoever made them.
 */
@Component
class LoginThrottle {

    private static final Duration WINDOW = Duration.ofMinutes(15);
    private static final int ATTEMPTS_OF_A_LOGIN = 10;
    private static final int ATTEMPTS_FROM_AN_ADDRESS = 100;

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

    /** Charges an attempt to both; false if one of them has had too many. */
    boolean charge(String login, String address) {
        Instant now = clock.instant();
        boolean ofLogin = count(login(login), now) <= ATTEMPTS_OF_A_LOGIN;
        boolean fromAddress = count(address(address), now) <= ATTEMPTS_FROM_AN_ADDRESS;
        return ofLogin && fromAddress;
    }

    /** Forgets the attempts of a login that has succeeded. */
    void clear(String login) {
        jdbc.sql("delete from login_attempt where subject = ?")
                .param(login(login))
                .update();
    }

    private int count(String subject, Instant now) {
        Timestamp over = Timestamp.from(now.minus(WINDOW));
        try {
            jdbc.sql("insert into login_attempt (subject, attempts, counted_from) select ?, 0, ?"
                            + " where not exists (select 1 from login_attempt where subject = ?)")
                    .params(subject, Timestamp.from(now), subject)
                    .update();
        } catch (DuplicateKeyException e) {
            // another attempt was first, which is as good
        }
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

    private String login(String typed) {
        return "L" + keyedHash.hex("login", typed.strip().toLowerCase(Locale.ROOT));
    }

    private String address(String address) {
        return "A" + keyedHash.hex("address", network(address));
    }

    /** Of an IPv6 address the network, which is what one client has. */
    private static String network(String address) {
        String[] groups = address.split(":");
        return groups.length < 5 ? address : String.join(":", groups[0], groups[1], groups[2], groups[3]);
    }
}
