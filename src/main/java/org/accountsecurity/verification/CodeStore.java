package org.accountsecurity.verification;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.accountsecurity.notification.Channel;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The tables of verifications, their codes and the sends; every change of state is a conditional update. */
@Component
class CodeStore {

    private static final String COLUMNS = "id, number, serial, channel, target_hash, issued_at, expires_at, tries_left,"
            + " delivered_at, spent_at, voided_at";

    /** A send that failed is not there, and one of which nothing is known counts no longer than its code would have lived. */
    private static final String COUNTS = " and (under_way_until is null or under_way_until > ?)";

    private final JdbcClient jdbc;

    CodeStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void openVerification(String id, String requestId, Purpose purpose, String accountId, long version, Instant now) {
        jdbc.sql("insert into verification (id, request_id, purpose, account_id, account_version, opened_at)"
                        + " select ?, ?, ?, ?, ?, ? where not exists (select 1 from verification where id = ?)")
                .params(id, requestId, purpose.name(), accountId, version, Timestamp.from(now), id)
                .update();
    }

    /** Newest first. */
    List<Code> codes(String verificationId) {
        return jdbc.sql("select " + COLUMNS + " from verification_code where verification_id = ? order by number desc")
                .param(verificationId)
                .query(CodeStore::code)
                .list();
    }

    Optional<Code> newest(String verificationId) {
        return codes(verificationId).stream().findFirst();
    }

    void insert(String verificationId, Code code) {
        jdbc.sql("insert into verification_code (id, verification_id, number, serial, channel, target_hash, issued_at,"
                        + " expires_at, tries_left) values (?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        code.id(),
                        verificationId,
                        code.number(),
                        code.serial(),
                        code.channel().name(),
                        code.targetHash(),
                        Timestamp.from(code.issuedAt()),
                        Timestamp.from(code.expiresAt()),
                        code.triesLeft())
                .update();
    }

    void voidAll(String verificationId, Instant now) {
        jdbc.sql("update verification_code set voided_at = ?"
                        + " where verification_id = ? and spent_at is null and voided_at is null")
                .params(Timestamp.from(now), verificationId)
                .update();
    }

    /** Spends a code once and before its expiry; false if another was first or it is too late. */
    boolean spend(String codeId, Instant now) {
        return jdbc.sql("update verification_code set spent_at = ?"
                                + " where id = ? and spent_at is null and voided_at is null and expires_at > ?")
                        .params(Timestamp.from(now), codeId, Timestamp.from(now))
                        .update()
                == 1;
    }

    void accept(String verificationId, long accountVersion, String targetHash, Instant now) {
        jdbc.sql("update verification set accepted_at = ?, account_version = ?, accepted_target = ?"
                        + " where id = ? and accepted_at is null")
                .params(Timestamp.from(now), accountVersion, targetHash, verificationId)
                .update();
    }

    /** Counts a send from now on, until it is accepted, fails, or is too late. */
    void reserveSend(Code code, String accountId, Purpose purpose) {
        jdbc.sql("insert into code_send (id, account_id, target_hash, purpose, sent_at, under_way_until)"
                        + " values (?, ?, ?, ?, ?, ?)")
                .params(
                        code.id(),
                        accountId,
                        code.targetHash(),
                        purpose.name(),
                        Timestamp.from(code.issuedAt()),
                        Timestamp.from(code.expiresAt()))
                .update();
    }

    /** Whether the send of this code counts, be it under way or accepted. */
    boolean sendCounts(String codeId, Instant now) {
        return jdbc.sql("select count(*) from code_send where id = ?" + COUNTS)
                        .params(codeId, Timestamp.from(now))
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /** When codes were sent to this address that nobody has spent, newest first. */
    List<Instant> unspentOf(String targetHash, Duration period, Instant now) {
        return jdbc.sql("select sent_at from code_send where target_hash = ? and sent_at > ?" + COUNTS
                        + " and not exists (select 1 from verification_code c where c.id = code_send.id"
                        + " and c.spent_at is not null) order by sent_at desc")
                .params(targetHash, Timestamp.from(now.minus(period)), Timestamp.from(now))
                .query((row, number) -> row.getTimestamp(1).toInstant())
                .list();
    }

    /** The verification that the request waits for, if it waits for one. */
    Optional<Verification> awaited(String requestId) {
        return jdbc
                .sql("select id, purpose from verification where request_id = ? and accepted_at is null"
                        + " order by opened_at desc")
                .param(requestId)
                .query((row, number) ->
                        new Verification(row.getString("id"), Purpose.valueOf(row.getString("purpose"))))
                .list()
                .stream()
                .findFirst();
    }

    /** One run of the process {@code verification-code}. */
    record Verification(String id, Purpose purpose) {}

    int sendsTo(String targetHash, Duration period, Instant now) {
        return count("target_hash", targetHash, period, now);
    }

    int sendsOf(String accountId, Duration period, Instant now) {
        return count("account_id", accountId, period, now);
    }

    /** Of the whole shop. */
    int sendsFor(Purpose purpose, Duration period, Instant now) {
        return count("purpose", purpose.name(), period, now);
    }

    private int count(String column, String value, Duration period, Instant now) {
        return jdbc.sql("select count(*) from code_send where " + column + " = ? and sent_at > ?" + COUNTS)
                .params(value, Timestamp.from(now.minus(period)), Timestamp.from(now))
                .query(Integer.class)
                .single();
    }

    private static Code code(ResultSet row, int rowNumber) throws SQLException {
        return new Code(
                row.getString("id"),
                row.getInt("number"),
                row.getString("serial"),
                Channel.valueOf(row.getString("channel")),
                row.getString("target_hash"),
                row.getTimestamp("issued_at").toInstant(),
                row.getTimestamp("expires_at").toInstant(),
                row.getInt("tries_left"),
                row.getTimestamp("delivered_at") != null,
                row.getTimestamp("spent_at") != null,
                row.getTimestamp("voided_at") != null);
    }
}
