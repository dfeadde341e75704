package org.accountsecurity.verification;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.accountsecurity.gateway.Channel;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The tables of verifications, their codes and the sends; every change of state is a conditional update. */
@Component
class CodeStore {

    private static final String COLUMNS = "id, number, serial, channel, target_hash, issued_at, expires_at, tries_left,"
            + " delivered_at, spent_at, voided_at";

    /** A failed send has no row; one without an answer counts until its code has expired. */
    private static final String COUNTS = " and (under_way_until is null or under_way_until > ?)";

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);

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

    Code code(String id) {
        return jdbc.sql("select " + COLUMNS + " from verification_code where id = ?")
                .param(id)
                .query(CodeStore::code)
                .single();
    }

    /** When a code expires, with a lock: until the transaction ends, no answer of a gateway changes it. */
    Instant lockExpiry(String codeId) {
        return jdbc.sql("select expires_at from verification_code where id = ? for update")
                .param(codeId)
                .query((row, number) -> row.getTimestamp(1).toInstant())
                .single();
    }

    /** Written for sending at once. */
    void insert(String verificationId, Code code) {
        jdbc.sql("insert into verification_code (id, verification_id, number, serial, channel, target_hash, issued_at,"
                        + " expires_at, tries_left, send_due_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        code.id(),
                        verificationId,
                        code.number(),
                        code.serial(),
                        code.channel().name(),
                        code.targetHash(),
                        Timestamp.from(code.issuedAt()),
                        Timestamp.from(code.expiresAt()),
                        code.triesLeft(),
                        Timestamp.from(code.issuedAt()))
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

    /** Counts a send from now on, until it is accepted, fails or expires. */
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

    /**
     * The state of a send.
     *
     * @param goesOn whether it is tried again
     * @param mayArrive whether it counts, because it is under way or accepted
     * @param unanswered whether a gateway had it and did not answer
     */
    record Sending(boolean goesOn, boolean mayArrive, boolean unanswered) {}

    Sending sending(String codeId, Instant now) {
        return jdbc.sql("select c.send_due_at is not null as goes_on, s.id is not null as counts,"
                        + " s.may_have_gone from verification_code c left join code_send s on s.id = c.id"
                        + " and (s.under_way_until is null or s.under_way_until > ?) where c.id = ?")
                .params(Timestamp.from(now), codeId)
                .query((row, number) -> new Sending(
                        row.getBoolean("goes_on"), row.getBoolean("counts"), row.getBoolean("may_have_gone")))
                .single();
    }

    /**
     * The codes that were sent to an address.
     *
     * @param unspent of the last hour, and that nobody has spent
     * @param lastUnspent when the last of those was sent, null if there is none
     */
    record SendsTo(int lastHour, int lastDay, int unspent, Instant lastUnspent) {}

    SendsTo sendsTo(String targetHash, Instant now) {
        return jdbc.sql("select count(case when s.sent_at > :hourAgo then 1 end), count(*),"
                        + " count(case when s.sent_at > :hourAgo and c.spent_at is null then 1 end),"
                        + " max(case when s.sent_at > :hourAgo and c.spent_at is null then s.sent_at end)"
                        + " from code_send s left join verification_code c on c.id = s.id"
                        + " where s.target_hash = :target and s.sent_at > :dayAgo"
                        + " and (s.under_way_until is null or s.under_way_until > :now)")
                .param("target", targetHash)
                .param("hourAgo", Timestamp.from(now.minus(HOUR)))
                .param("dayAgo", Timestamp.from(now.minus(DAY)))
                .param("now", Timestamp.from(now))
                .query((row, number) -> new SendsTo(
                        row.getInt(1),
                        row.getInt(2),
                        row.getInt(3),
                        Optional.ofNullable(row.getTimestamp(4))
                                .map(Timestamp::toInstant)
                                .orElse(null)))
                .single();
    }

    /** The verification that the request waits for; none if its process instance has ended. */
    Optional<Verification> awaited(String requestId) {
        return jdbc
                .sql("select id, purpose from verification where request_id = ? and accepted_at is null"
                        + " and id in (select ID_ from ACT_RU_EXECUTION) order by opened_at desc")
                .param(requestId)
                .query((row, number) ->
                        new Verification(row.getString("id"), Purpose.valueOf(row.getString("purpose"))))
                .list()
                .stream()
                .findFirst();
    }

    /** One run of the process {@code verification-code}. */
    record Verification(String id, Purpose purpose) {}

    /** Within a day. */
    int sendsOf(String accountId, Instant now) {
        return count("account_id", accountId, DAY, now);
    }

    /** Of the whole shop, within an hour. */
    int sendsFor(Purpose purpose, Instant now) {
        return count("purpose", purpose.name(), HOUR, now);
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
