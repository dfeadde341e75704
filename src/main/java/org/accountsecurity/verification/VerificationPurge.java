package org.accountsecurity.verification;

import java.time.Duration;
import java.time.Instant;
import org.accountsecurity.retention.ChunkedDelete;
import org.accountsecurity.retention.Purgeable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Deletes codes, sends and receipts once no limit counts them, and verifications when their time is over. */
@Component
class VerificationPurge implements Purgeable {

    private static final Duration COUNTED = Duration.ofDays(2);
    private static final Duration REMEMBERED = Duration.ofDays(190);

    private final JdbcClient jdbc;

    VerificationPurge(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    @Transactional
    public int purge(Instant now) {
        return ChunkedDelete.delete(jdbc, "message_receipt", "message_key", "received_at", now.minus(COUNTED))
                + ChunkedDelete.delete(jdbc, "verification_code", "id", "issued_at", now.minus(COUNTED))
                + ChunkedDelete.delete(jdbc, "code_send", "id", "sent_at", now.minus(COUNTED))
                + ChunkedDelete.delete(jdbc, "code_allowance", "subject", "counted_from", now.minus(COUNTED))
                + ChunkedDelete.delete(jdbc, "verification", "id", "opened_at", now.minus(REMEMBERED));
    }
}
