package org.accountsecurity.engine.login;

import java.time.Duration;
import java.time.Instant;
import org.accountsecurity.retention.ChunkedDelete;
import org.accountsecurity.retention.Purgeable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Deletes failed logins, and after 30 days the networks of successful ones. */
@Component
class LoginAttemptPurge implements Purgeable {

    private static final Duration COUNTED = Duration.ofDays(30);

    private final JdbcClient jdbc;

    LoginAttemptPurge(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public int purge(Instant now) {
        return ChunkedDelete.delete(jdbc, "login_attempt", "subject", "counted_from", now.minus(COUNTED));
    }
}
