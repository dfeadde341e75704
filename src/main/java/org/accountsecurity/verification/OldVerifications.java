package org.accountsecurity.verification;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import org.accountsecurity.request.Purgeable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Forgets codes and sends once no limit counts them, and verifications with the engine's history of them. */
@Component
class OldVerifications implements Purgeable {

    private static final int CHUNK = 5_000;
    private static final Duration COUNTED = Duration.ofDays(2);
    private static final Duration REMEMBERED = Duration.ofDays(190);

    private final JdbcClient jdbc;

    OldVerifications(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    @Transactional
    public int purge(Instant now) {
        return delete("verification_code", "id", "issued_at", now.minus(COUNTED))
                + delete("code_send", "id", "sent_at", now.minus(COUNTED))
                + delete("code_allowance", "subject", "counted_from", now.minus(COUNTED))
                + delete("verification", "id", "opened_at", now.minus(REMEMBERED));
    }

    private int delete(String table, String key, String time, Instant before) {
        return jdbc.sql("delete from " + table + " where " + key + " in (select " + key + " from " + table + " where "
                        + time + " < ? limit ?)")
                .params(Timestamp.from(before), CHUNK)
                .update();
    }
}
