package org.accountsecurity.shop.jdbc;

import java.math.BigDecimal;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.accountsecurity.shop.Erasure;
import org.accountsecurity.shop.OpenItem;
import org.accountsecurity.shop.Preview;
import org.accountsecurity.shop.RecordSink;
import org.accountsecurity.shop.Treatment;
import org.accountsecurity.text.Excerpt;
import org.accountsecurity.text.Messages;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Orders; completed ones are retained without anything that identifies a person, as the law demands. */
@Component
class OrdersDataSet extends AccountTable {

    private static final int REFERENCE_SHOWN = 4;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    private final JdbcTemplate batches;
    private final Clock clock;

    OrdersDataSet(JdbcClient jdbc, JdbcTemplate batches, Clock clock) {
        super("orders", "shop_order", jdbc);
        this.batches = batches;
        this.clock = clock;
    }

    /** A completed order as the database has it; without its id it leads to nobody. */
    private record Transaction(String title, long amountFen, LocalDate completedOn) {}

    @Override
    public List<OpenItem> openItems(String accountId) {
        return jdbc.sql("select id, status, amount_fen from shop_order"
                        + " where account_id = ? and status in ('UNPAID', 'IN_DELIVERY') order by placed_at, id")
                .param(accountId)
                .query((row, number) -> {
                    boolean unpaid = "UNPAID".equals(row.getString("status"));
                    String id = row.getString("id");
                    return new OpenItem(
                            unpaid ? "UNPAID_ORDER" : "ORDER_IN_DELIVERY",
                            id,
                            Messages.text(
                                    unpaid ? "shop.order-unpaid" : "shop.order-in-delivery",
                                    "end",
                                    Excerpt.last(id, REFERENCE_SHOWN)),
                            row.getLong("amount_fen"));
                })
                .list();
    }

    @Override
    public boolean anonymises() {
        return true;
    }

    @Override
    public Preview preview(String accountId, Treatment treatment) {
        LocalDate last = jdbc
                .sql(
                        "select max(coalesce(completed_at, placed_at)) from shop_order where account_id = ? and status = 'COMPLETED'")
                .param(accountId)
                .query((row, number) -> day(row.getTimestamp(1)))
                .list()
                .stream()
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        return new Preview(
                count(accountId), treatment.anonymise() && last != null ? last.plus(treatment.keepFor()) : null);
    }

    @Override
    public void export(String accountId, RecordSink sink) {
        sink.columns(Messages.list("shop.orders-columns"));
        write(
                accountId,
                sink,
                (row, number) -> Arrays.asList(
                        row.getString("id"),
                        row.getString("title"),
                        BigDecimal.valueOf(row.getLong("amount_fen"), 2).toPlainString(),
                        Messages.text("shop.order-status-"
                                + row.getString("status")
                                        .toLowerCase(Locale.ROOT)
                                        .replace('_', '-')),
                        time(row, "placed_at"),
                        time(row, "completed_at")));
    }

    /** Moves and deletes the same rows in one transaction, so that a repetition finds none of them. */
    @Override
    @Transactional
    public Erasure erase(String accountId, Treatment treatment, String requestId) {
        LocalDate retainedUntil = treatment.anonymise() ? retain(accountId, treatment) : null;
        Erasure erased = super.erase(accountId, treatment, requestId);
        return retainedUntil == null ? erased : new Erasure(Erasure.Outcome.RETAINED, retainedUntil, erased.complete());
    }

    @Override
    public int purge(LocalDate today) {
        return jdbc.sql("delete from retained_transaction where id in"
                        + " (select id from retained_transaction where retained_until <= ? limit ?)")
                .params(Date.valueOf(today), CHUNK)
                .update();
    }

    /** Of the rows that {@link AccountTable#erase} is about to delete. */
    private LocalDate retain(String accountId, Treatment treatment) {
        List<Transaction> completed = jdbc.sql(
                        "select title, amount_fen, coalesce(completed_at, placed_at) as completed_at from (select * from shop_order"
                                + " where account_id = ? order by account_id, id limit ?) as page where status = 'COMPLETED'")
                .params(accountId, CHUNK)
                .query((row, number) -> new Transaction(
                        row.getString("title"), row.getLong("amount_fen"), day(row.getTimestamp("completed_at"))))
                .list();
        batches.batchUpdate(
                "insert into retained_transaction (id, title, amount_fen, completed_on, retained_until)"
                        + " values (?, ?, ?, ?, ?)",
                completed,
                CHUNK,
                (row, transaction) -> {
                    row.setString(1, UUID.randomUUID().toString());
                    row.setString(2, transaction.title());
                    row.setLong(3, transaction.amountFen());
                    row.setDate(4, Date.valueOf(transaction.completedOn()));
                    row.setDate(5, Date.valueOf(transaction.completedOn().plus(treatment.keepFor())));
                });
        return completed.stream()
                .map(transaction -> transaction.completedOn().plus(treatment.keepFor()))
                .max(LocalDate::compareTo)
                .orElse(null);
    }

    private String time(ResultSet row, String column) throws SQLException {
        Timestamp time = row.getTimestamp(column);
        return time == null ? null : TIME.format(time.toInstant().atZone(clock.getZone()));
    }

    private LocalDate day(Timestamp time) {
        return time == null ? null : time.toInstant().atZone(clock.getZone()).toLocalDate();
    }
}
