package org.accountsecurity.verification;

import java.time.Duration;
import java.time.Instant;
import org.accountsecurity.request.OldRows;
import org.accountsecurity.request.Purgeable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Forgets codes, sends and what became of them once no limit counts them, and verifications with the engine's history of them. */
@Component
class OldVerifications implements Purgeable {

    private static final Duration COUNTED = Duration.ofDays(2);
    private static final Duration REMEMBERED = Duration.ofDays(190);

    private final JdbcClient jdbc;

    OldVerifications(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    @Transactional
    public int purge(Instant now) {
        return OldRows.delete(jdbc, "message_receipt", "message_key", "received_at", now.minus(COUNTED))
                + OldRows.delete(jdbc, "verification_code", "id", "issued_at", now.minus(COUNTED))
                + OldRows.delete(jdbc, "code_send", "id", "sent_at", now.minus(COUNTED))
                + OldRows.delete(jdbc, "code_allowance", "subject", "counted_from", now.minus(COUNTED))
                + OldRows.delete(jdbc, "verification", "id", "opened_at", now.minus(REMEMBERED));
    }
}
