package org.accountsecurity.shop.jdbc;

import java.sql.Date;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.accountsecurity.shop.Erasure;
import org.accountsecurity.shop.OpenItem;
import org.accountsecurity.shop.Treatment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Orders; what the law wants kept of the completed ones goes on without anything that leads to a person. */
@Component
class OrdersDataSet extends AccountTable {

    private static final int REFERENCE_SHOWN = 4;

    private final Clock clock;

    OrdersDataSet(JdbcClient jdbc, Clock clock) {
        super("orders", "shop_order", jdbc);
        this.clock = clock;
    }

    /** An order without its holder. */
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
                            (unpaid ? "待付款订单" : "配送中订单") + "（尾号 "
                                    + id.substring(Math.max(0, id.length() - REFERENCE_SHOWN)) + "）",
                            row.getLong("amount_fen"));
                })
                .list();
    }

    @Override
    public boolean anonymises() {
        return true;
    }

    /** Moves and deletes in one transaction, so that a repetition finds either all or nothing to move. */
    @Override
    @Transactional
    public Erasure erase(String accountId, Treatment treatment, String requestId) {
        LocalDate frozenUntil = treatment.anonymise() ? retain(accountId, treatment) : null;
        Erasure erased = super.erase(accountId, treatment, requestId);
        return frozenUntil == null ? erased : new Erasure(Erasure.Outcome.FROZEN, frozenUntil);
    }

    private LocalDate retain(String accountId, Treatment treatment) {
        List<Transaction> completed = jdbc.sql("select title, amount_fen, completed_at from shop_order"
                        + " where account_id = ? and status = 'COMPLETED'")
                .param(accountId)
                .query((row, number) -> new Transaction(
                        row.getString("title"),
                        row.getLong("amount_fen"),
                        row.getTimestamp("completed_at")
                                .toInstant()
                                .atZone(clock.getZone())
                                .toLocalDate()))
                .list();
        LocalDate last = null;
        for (Transaction transaction : completed) {
            LocalDate until = transaction.completedOn().plus(treatment.keepFor());
            jdbc.sql("insert into retained_transaction (id, title, amount_fen, completed_on, frozen_until)"
                            + " values (?, ?, ?, ?, ?)")
                    .params(
                            UUID.randomUUID().toString(),
                            transaction.title(),
                            transaction.amountFen(),
                            Date.valueOf(transaction.completedOn()),
                            Date.valueOf(until))
                    .update();
            last = last == null || until.isAfter(last) ? until : last;
        }
        return last;
    }
}
