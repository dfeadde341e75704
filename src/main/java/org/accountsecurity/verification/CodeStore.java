package org.accountsecurity.verification;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.accountsecurity.notification.Channel;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The tables of verifications, their codes and the sends; every change of state is a conditional update. */
@Component
class CodeStore {

    private static final String COLUMNS = "id, number, serial, channel, target_hash, issued_at, expires_at, tries_left,"
            + " delivered_at, spent_at, voided_at";

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

    void markDelivered(String codeId, Instant now) {
        jdbc.sql("update verification_code set delivered_at = ? where id = ? and delivered_at is null")
                .params(Timestamp.from(now), codeId)
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

    void recordSend(String accountId, String targetHash, Purpose purpose, Instant now) {
        jdbc.sql("insert into code_send (id, account_id, target_hash, purpose, sent_at) values (?, ?, ?, ?, ?)")
                .params(UUID.randomUUID().toString(), accountId, targetHash, purpose.name(), Timestamp.from(now))
                .update();
    }

    /** When codes were issued for this address that nobody has spent, newest first. */
    List<Instant> unspentOf(String targetHash, Instant since) {
        return jdbc.sql("select issued_at from verification_code where target_hash = ? and spent_at is null"
                        + " and issued_at > ? order by issued_at desc")
                .params(targetHash, Timestamp.from(since))
                .query((row, number) -> row.getTimestamp(1).toInstant())
                .list();
    }

    int sendsTo(String targetHash, Instant since) {
        return count("target_hash", targetHash, since);
    }

    int sendsOf(String accountId, Instant since) {
        return count("account_id", accountId, since);
    }

    /** Of the whole shop. */
    int sendsFor(Purpose purpose, Instant since) {
        return count("purpose", purpose.name(), since);
    }

    private int count(String column, String value, Instant since) {
        return jdbc.sql("select count(*) from code_send where " + column + " = ? and sent_at > ?")
                .params(value, Timestamp.from(since))
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
