package org.accountsecurity.deregistration.receipt;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.accountsecurity.crypto.KeyedHash;
import org.accountsecurity.obligation.Kind;
import org.accountsecurity.obligation.Obligations;
import org.accountsecurity.obligation.OwedOnce;
import org.accountsecurity.policy.DeregistrationPolicy;
import org.accountsecurity.retention.Purgeable;
import org.accountsecurity.shop.ClosingProof;
import org.jose4j.json.JsonUtil;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The receipts of deregistrations: opened with the commit point, signed once every data set is done, looked up without an
 * account. A receipt names no person and no account.
 */
@Component
public class Receipts implements Purgeable, OwedOnce, ClosingProof {

    private static final String PREFIX = "ZX";

    private final ReceiptKeys keys;
    private final DeregistrationPolicy policy;
    private final KeyedHash keyedHash;
    private final Obligations obligations;
    private final JdbcClient jdbc;
    private final Clock clock;
    private final String issuer;
    private final SecureRandom random = new SecureRandom();

    Receipts(
            ReceiptKeys keys,
            DeregistrationPolicy policy,
            KeyedHash keyedHash,
            Obligations obligations,
            JdbcClient jdbc,
            Clock clock,
            ReceiptSettings settings) {
        this.keys = keys;
        this.policy = policy;
        this.keyedHash = keyedHash;
        this.obligations = obligations;
        this.jdbc = jdbc;
        this.clock = clock;
        this.issuer = settings.issuer();
    }

    /** The state of one data set. */
    private record Entry(
            String dataSet, String label, String law, String outcome, LocalDate retainedUntil, Instant verifiedAt) {

        boolean verified() {
            return verifiedAt != null;
        }
    }

    /**
     * Opens the receipt of a request whose account is being closed or cooling off; a second call finds the first one. The
     * request's process makes one call at a time; a unique index stands behind it.
     *
     * @return its number, from which neither the account nor the request can be found
     */
    @Transactional
    public String open(String requestId) {
        Optional<String> opened = find(requestId);
        if (opened.isPresent()) {
            return opened.get();
        }
        String number = PREFIX + "-" + SpokenText.random(random);
        jdbc.sql("insert into receipt (number, request_id, keep_until) values (?, ?, ?)")
                .params(number, requestId, keptFrom(requestId, clock.instant()))
                .update();
        return number;
    }

    /** Forgets the receipt of a request whose account stays open; there may be none. */
    public void discard(String requestId) {
        jdbc.sql("delete from receipt where request_id = ? and jws is null")
                .param(requestId)
                .update();
    }

    /**
     * The number of the request's receipt.
     *
     * @throws IllegalStateException if it was not opened
     */
    public String number(String requestId) {
        return find(requestId)
                .orElseThrow(() -> new IllegalStateException("the request " + requestId + " has no receipt"));
    }

    /**
     * The secret that opens the request's receipt: 80 bits, derived from the number and stored nowhere, so that a copy of
     * the database opens none.
     *
     * @throws IllegalStateException if the receipt was not opened
     */
    public String secret(String requestId) {
        return SpokenText.grouped(secretOf(number(requestId)));
    }

    /**
     * Signs the receipt, which is then kept for the period of the policy; a second call changes nothing.
     *
     * @throws IllegalStateException if it was not opened, or a data set is not done
     */
    @Override
    @Transactional
    public void fulfil(String requestId) {
        String number = number(requestId);
        if (!issued(requestId)) {
            sign(requestId, number, clock.instant());
        }
        obligations.done(requestId, Kind.SIGN_RECEIPT);
    }

    private void sign(String requestId, String number, Instant now) {
        jdbc.sql("update receipt set jws = ?, issued_at = ?, keep_until = ? where number = ? and jws is null")
                .params(
                        keys.sign(payload(requestId, number, now)),
                        Timestamp.from(now),
                        keptFrom(requestId, now),
                        number)
                .update();
    }

    @Override
    public Kind kind() {
        return Kind.SIGN_RECEIPT;
    }

    /** Whether a deregistration of the account that was committed has its signed receipt. */
    @Override
    public boolean given(String accountId) {
        return jdbc.sql("select count(*) from receipt join holder_request on holder_request.id = receipt.request_id"
                                + " where account_id = ? and committed_at is not null and jws is not null")
                        .param(accountId)
                        .query(Long.class)
                        .single()
                > 0;
    }

    boolean issued(String requestId) {
        return jdbc.sql("select count(*) from receipt where request_id = ? and jws is not null")
                        .param(requestId)
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** When the request's receipt was signed; it must have been. */
    Instant issuedAt(String requestId) {
        return jdbc.sql("select issued_at from receipt where request_id = ?")
                .param(requestId)
                .query((row, index) -> row.getTimestamp(1).toInstant())
                .single();
    }

    @Override
    public int purge(Instant now) {
        return jdbc.sql("delete from receipt where keep_until < ?")
                .param(Date.valueOf(LocalDate.ofInstant(now, clock.getZone())))
                .update();
    }

    /**
     * The receipt of that number, if the secret is its own. A wrong pair costs one hash and one comparison, whether there
     * is such a number or not: the database is asked only once the secret is right.
     */
    Optional<Receipt> find(String typedNumber, String typedSecret) {
        String number = SpokenText.plain(typedNumber).replaceFirst("^" + PREFIX, PREFIX + "-");
        if (!MessageDigest.isEqual(bytes(secretOf(number)), bytes(SpokenText.plain(typedSecret)))) {
            return Optional.empty();
        }
        return jdbc.sql("select receipt.keep_until, receipt.jws, holder_request.finish_by,"
                        + " (select count(*) from erasure e where e.request_id = receipt.request_id) as planned,"
                        + " (select count(*) from erasure e where e.request_id = receipt.request_id"
                        + " and e.verified_at is not null) as verified,"
                        + " (select count(*) from erasure e where e.request_id = receipt.request_id"
                        + " and e.verified_at is null and e.failed_since is not null) as failed from receipt"
                        + " left join holder_request on holder_request.id = receipt.request_id where number = ?")
                .param(number)
                .query((row, index) -> new Receipt(
                        number,
                        date(row, "keep_until"),
                        date(row, "finish_by"),
                        row.getInt("planned"),
                        row.getInt("verified"),
                        row.getInt("failed"),
                        row.getString("jws")))
                .optional();
    }

    private Date keptFrom(String requestId, Instant time) {
        Instant until = time.plus(policy.of(requestId, DeregistrationPolicy.Row.RECEIPT_KEPT_FOR));
        return Date.valueOf(LocalDate.ofInstant(until, clock.getZone()));
    }

    private Optional<String> find(String requestId) {
        return jdbc.sql("select number from receipt where request_id = ?")
                .param(requestId)
                .query(String.class)
                .optional();
    }

    private String secretOf(String number) {
        return SpokenText.of(keyedHash.of("receipt", number));
    }

    private String payload(String requestId, String number, Instant now) {
        List<Entry> entries = entries(requestId);
        String undone = entries.stream()
                .filter(entry -> !entry.verified())
                .map(Entry::dataSet)
                .collect(Collectors.joining(", "));
        if (entries.isEmpty() || !undone.isEmpty()) {
            throw new IllegalStateException("not done: " + undone);
        }
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("iss", issuer);
        payload.put("jti", number);
        payload.put("iat", now.getEpochSecond());
        payload.put("requestId", requestId);
        jdbc.sql("select opened_at, committed_at, a.said_at, a.notice_hash from holder_request r"
                        + " left join holder_answer a on a.id = r.confirmation_id where r.id = ?")
                .param(requestId)
                .query(row -> {
                    put(payload, "requestedAt", instant(row, "opened_at"));
                    put(payload, "confirmedAt", instant(row, "said_at"));
                    put(payload, "committedAt", instant(row, "committed_at"));
                    put(payload, "noticeHash", row.getString("notice_hash"));
                });
        put(
                payload,
                "completedAt",
                entries.stream()
                        .map(Entry::verifiedAt)
                        .max(Instant::compareTo)
                        .map(Receipts::text)
                        .orElse(null));
        payload.put("dataSets", entries.stream().map(Receipts::signed).toList());
        return JsonUtil.toJson(payload);
    }

    private static Map<String, Object> signed(Entry entry) {
        Map<String, Object> signed = new LinkedHashMap<>();
        signed.put("name", entry.dataSet());
        signed.put("label", entry.label());
        signed.put("outcome", entry.outcome());
        put(
                signed,
                "retainedUntil",
                entry.retainedUntil() == null ? null : entry.retainedUntil().toString());
        signed.put("law", entry.law());
        signed.put("verifiedAt", text(entry.verifiedAt()));
        return signed;
    }

    private List<Entry> entries(String requestId) {
        return jdbc.sql("select * from erasure where request_id = ? order by data_set")
                .param(requestId)
                .query((row, index) -> new Entry(
                        row.getString("data_set"),
                        row.getString("label"),
                        row.getString("law"),
                        row.getString("outcome"),
                        date(row, "retained_until"),
                        row.getTimestamp("verified_at") == null
                                ? null
                                : row.getTimestamp("verified_at").toInstant()))
                .list();
    }

    private static void put(Map<String, Object> object, String key, String value) {
        if (value != null) {
            object.put(key, value);
        }
    }

    private static String instant(ResultSet row, String column) throws SQLException {
        Timestamp timestamp = row.getTimestamp(column);
        return timestamp == null ? null : text(timestamp.toInstant());
    }

    private static LocalDate date(ResultSet row, String column) throws SQLException {
        Date date = row.getDate(column);
        return date == null ? null : date.toLocalDate();
    }

    private static String text(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
