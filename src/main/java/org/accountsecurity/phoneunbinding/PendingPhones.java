package org.accountsecurity.phoneunbinding;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import org.accountsecurity.verification.PhoneCandidates;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The numbers of a change that is under way; they leave with it. */
@Component
class PendingPhones implements PhoneCandidates {

    private static final Duration DAY = Duration.ofDays(1);

    private final JdbcClient jdbc;

    private final Clock clock;

    PendingPhones(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Counts a check, and says how many the account has made within a day; the caller holds the account's lock. */
    int countCheck(String accountId) {
        Instant now = clock.instant();
        jdbc.sql("delete from phone_check where account_id = ? and checked_at <= ?")
                .params(accountId, Timestamp.from(now.minus(DAY)))
                .update();
        jdbc.sql("insert into phone_check (id, account_id, checked_at) values (?, ?, ?)")
                .params(UUID.randomUUID().toString(), accountId, Timestamp.from(now))
                .update();
        return jdbc.sql("select count(*) from phone_check where account_id = ?")
                .param(accountId)
                .query(Integer.class)
                .single();
    }

    @Override
    public String candidateOf(String requestId) {
        return jdbc.sql("select new_phone from phone_change where request_id = ?")
                .param(requestId)
                .query(String.class)
                .optional()
                .orElseThrow(() -> new NoSuchElementException("the request has named no new number"));
    }

    /** The number to tell that it is unbound; there may have been none. */
    Optional<String> oldPhoneOf(String requestId) {
        return jdbc.sql("select old_phone from phone_change where request_id = ? and old_phone is not null")
                .param(requestId)
                .query(String.class)
                .optional();
    }

    /** When the change has happened, as long as its numbers are kept for the notices. */
    Optional<Instant> reboundAt(String requestId) {
        return jdbc.sql("select rebound_at from phone_change where request_id = ? and rebound_at is not null")
                .param(requestId)
                .query(Timestamp.class)
                .optional()
                .map(Timestamp::toInstant);
    }

    void propose(String requestId, String newPhone) {
        forget(requestId);
        jdbc.sql("insert into phone_change (request_id, new_phone) values (?, ?)")
                .params(requestId, newPhone)
                .update();
    }

    void keepOldPhone(String requestId, String oldPhone) {
        jdbc.sql("update phone_change set old_phone = ?, rebound_at = ? where request_id = ?")
                .params(oldPhone, Timestamp.from(clock.instant()), requestId)
                .update();
    }

    void forget(String requestId) {
        jdbc.sql("delete from phone_change where request_id = ?")
                .param(requestId)
                .update();
    }
}
