package org.accountsecurity.contest;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.accountsecurity.crypto.KeyedHash;
import org.accountsecurity.http.PublicAddress;
import org.accountsecurity.notice.Addressee;
import org.accountsecurity.retention.ChunkedDelete;
import org.accountsecurity.retention.Purgeable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The links of notices. A token is derived from the request, so that a repetition sends the same one, and only its hash
 * is stored; each works once.
 */
@Component
class ContestLinks implements Purgeable {

    static final String PATH = "/not-me/";

    /** Shorter than the 90 days for which a number that was given up is given to nobody else. */
    private static final Duration LIFE = Duration.ofDays(30);

    private static final int TOKEN_BYTES = 16;

    private final KeyedHash keyedHash;
    private final JdbcClient jdbc;
    private final Clock clock;
    private final PublicAddress address;
    private final TransactionTemplate transaction;

    ContestLinks(
            KeyedHash keyedHash,
            JdbcClient jdbc,
            Clock clock,
            PublicAddress address,
            PlatformTransactionManager transactions) {
        this.keyedHash = keyedHash;
        this.jdbc = jdbc;
        this.clock = clock;
        this.address = address;
        this.transaction = new TransactionTemplate(transactions);
        transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /**
     * The notice that a token belongs to.
     *
     * @param addressee the name of the addressee
     */
    record Link(String requestId, Occasion occasion, String addressee) {}

    /** Lets a link work from now on, in a transaction of its own, and returns it; a repetition prolongs nothing. */
    String create(String requestId, Occasion occasion, Addressee addressee) {
        String token = token(requestId, occasion, addressee);
        try {
            transaction.executeWithoutResult(status -> insert(hash(token), requestId, occasion, addressee));
        } catch (DuplicateKeyException e) {
            // another thread sends the same notice
        }
        return address.of(PATH + token);
    }

    private void insert(String hash, String requestId, Occasion occasion, Addressee addressee) {
        jdbc.sql("insert into contest_link (token_hash, request_id, occasion, addressee, expires_at)"
                        + " select ?, ?, ?, ?, ? where not exists (select 1 from contest_link where token_hash = ?)")
                .params(
                        hash,
                        requestId,
                        occasion.name(),
                        addressee.name(),
                        Timestamp.from(clock.instant().plus(LIFE)),
                        hash)
                .update();
    }

    boolean sent(String requestId, Occasion occasion, Addressee addressee) {
        return jdbc.sql("select count(*) from contest_link where token_hash = ? and sent_at is not null")
                        .param(hash(token(requestId, occasion, addressee)))
                        .query(Long.class)
                        .single()
                > 0;
    }

    void markSent(String requestId, Occasion occasion, Addressee addressee) {
        jdbc.sql("update contest_link set sent_at = ? where token_hash = ? and sent_at is null")
                .params(Timestamp.from(clock.instant()), hash(token(requestId, occasion, addressee)))
                .update();
    }

    /** Empty, without saying why, for one that there never was, that is used or that has expired. */
    Optional<Link> find(String token) {
        return jdbc.sql("select request_id, occasion, addressee from contest_link"
                        + " where token_hash = ? and spent_at is null and expires_at > ?"
                        + " and request_id in (select id from holder_request)")
                .params(hash(token), Timestamp.from(clock.instant()))
                .query((row, number) ->
                        new Link(row.getString(1), Occasion.valueOf(row.getString(2)), row.getString(3)))
                .optional();
    }

    /** Uses a link; false if it was used or has expired meanwhile. */
    boolean spend(String token) {
        Timestamp now = Timestamp.from(clock.instant());
        return jdbc.sql(
                                "update contest_link set spent_at = ? where token_hash = ? and spent_at is null and expires_at > ?")
                        .params(now, hash(token), now)
                        .update()
                == 1;
    }

    /** Ends all links of a request that was stopped. */
    void spendAll(String requestId) {
        jdbc.sql("update contest_link set spent_at = ? where request_id = ? and spent_at is null")
                .params(Timestamp.from(clock.instant()), requestId)
                .update();
    }

    @Override
    public int purge(Instant now) {
        return ChunkedDelete.delete(jdbc, "contest_link", "token_hash", "expires_at", now);
    }

    private String token(String requestId, Occasion occasion, Addressee addressee) {
        byte[] derived = keyedHash.of("not-me", requestId, occasion.name(), addressee.name());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(derived, TOKEN_BYTES));
    }

    private String hash(String token) {
        return keyedHash.hex("not-me-token", token);
    }
}
