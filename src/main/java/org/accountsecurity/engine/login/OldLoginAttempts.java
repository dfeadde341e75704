package org.accountsecurity.engine.login;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import org.accountsecurity.request.Purgeable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Forgets attempts to log in, and after a month where from an account has logged in. */
@Component
class OldLoginAttempts implements Purgeable {

    private static final int CHUNK = 5_000;
    private static final Duration COUNTED = Duration.ofDays(30);

    private final JdbcClient jdbc;

    OldLoginAttempts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public int purge(Instant now) {
        return jdbc.sql("delete from login_attempt where subject in"
                        + " (select subject from login_attempt where counted_from < ? limit ?)")
                .params(Timestamp.from(now.minus(COUNTED)), CHUNK)
                .update();
    }
}
