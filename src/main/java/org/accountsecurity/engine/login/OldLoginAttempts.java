package org.accountsecurity.engine.login;

import java.time.Duration;
import java.time.Instant;
import org.accountsecurity.request.OldRows;
import org.accountsecurity.request.Purgeable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Forgets attempts to log in, and after a month where from an account has logged in. */
@Component
class OldLoginAttempts implements Purgeable {

    private static final Duration COUNTED = Duration.ofDays(30);

    private final JdbcClient jdbc;

    OldLoginAttempts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public int purge(Instant now) {
        return OldRows.delete(jdbc, "login_attempt", "subject", "counted_from", now.minus(COUNTED));
    }
}
