package org.accountsecurity.contest;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.accountsecurity.request.OldRows;
import org.accountsecurity.request.Purgeable;
import org.accountsecurity.secret.KeyedHash;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The links of notices. A token is derived, so that a repetition sends the same, and only its hash is stored; each works
 * once, and all of a request end with the first that is used.
 */
@Component
class ContestLinks implements Purgeable {

    static final String PATH = "/not-me/";

    private static final Duration LIFE = Duration.ofDays(30);
    private static final int TOKEN_BYTES = 16;

    private final KeyedHash keyedHash;
    private final JdbcClient jdbc;
    private final Clock clock;
    private final String publicUrl;

    ContestLinks(
            KeyedHash keyedHash,
            JdbcClient jdbc,
            Clock clock,
            @Value("${account-security.public-url}") String publicUrl) {
        this.keyedHash = keyedHash;
        this.jdbc = jdbc;
        this.clock = clock;
        this.publicUrl = publicUrl.replaceAll("/+$", "");
    }

    /** What a token is for. */
    record Link(String requestId, Occasion occasion) {}

    /** The address of a link that works from now on; the same for each repetition, which prolongs nothing. */
    String create(String requestId, Occasion occasion, Addressee addressee) {
        String token = token(requestId, occasion, addressee);
        try {
            jdbc.sql("insert into contest_link (token_hash, request_id, occasion, expires_at) select ?, ?, ?, ?"
                            + " where not exists (select 1 from contest_link where token_hash = ?)")
                    .params(
                            hash(token),
                            requestId,
                            occasion.name(),
                            Timestamp.from(clock.instant().plus(LIFE)),
                            hash(token))
                    .update();
        } catch (DuplicateKeyException e) {
            // the same notice is being sent by somebody else, which is as good
        }
        return publicUrl + PATH + token;
    }

    boolean told(String requestId, Occasion occasion, Addressee addressee) {
        return jdbc.sql("select count(*) from contest_link where token_hash = ? and told_at is not null")
                        .param(hash(token(requestId, occasion, addressee)))
                        .query(Long.class)
                        .single()
                > 0;
    }

    void noteTold(String requestId, Occasion occasion, Addressee addressee) {
        jdbc.sql("update contest_link set told_at = ? where token_hash = ? and told_at is null")
                .params(Timestamp.from(clock.instant()), hash(token(requestId, occasion, addressee)))
                .update();
    }

    /** Empty, and no telling which, for one that there never was, that is used or that has expired. */
    Optional<Link> find(String token) {
        return jdbc.sql("select request_id, occasion from contest_link"
                        + " where token_hash = ? and spent_at is null and expires_at > ?"
                        + " and request_id in (select id from holder_request)")
                .params(hash(token), Timestamp.from(clock.instant()))
                .query((row, number) -> new Link(row.getString(1), Occasion.valueOf(row.getString(2))))
                .optional();
    }

    /** Uses a link, and with it the others of its request; false if somebody else was first. */
    boolean spend(String token, String requestId) {
        Timestamp now = Timestamp.from(clock.instant());
        int spent = jdbc.sql(
                        "update contest_link set spent_at = ? where token_hash = ? and spent_at is null and expires_at > ?")
                .params(now, hash(token), now)
                .update();
        if (spent == 1) {
            jdbc.sql("update contest_link set spent_at = ? where request_id = ? and spent_at is null")
                    .params(now, requestId)
                    .update();
        }
        return spent == 1;
    }

    @Override
    public int purge(Instant now) {
        return OldRows.delete(jdbc, "contest_link", "token_hash", "expires_at", now);
    }

    private String token(String requestId, Occasion occasion, Addressee addressee) {
        byte[] derived = keyedHash.of("not-me", requestId, occasion.name(), addressee.name());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(derived, TOKEN_BYTES));
    }

    private String hash(String token) {
        return keyedHash.hex("not-me-token", token);
    }
}
