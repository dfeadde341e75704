package org.accountsecurity.browser;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.accountsecurity.testing.Rows;

/** An account of a test's own, so that no test finds what another has left. */
record Holder(String id, String phone, String mail) {

    static final String PASSWORD = "Holder-password-1";

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    /** An account with the orders, the subscription and the rest that one of the demo shop has. */
    static Holder like(String template, Rows rows) {
        int number = NUMBERS.incrementAndGet();
        Holder holder =
                new Holder("acct-" + UUID.randomUUID(), unusedPhone(), "holder-%d@example.com".formatted(number));
        rows.update(
                "insert into account (id, status, version, phone, mail, password_hash, nickname)"
                        + " select ?, 'ACTIVE', 1, ?, ?, ?, nickname from account where id = ?",
                holder.id,
                holder.phone,
                holder.mail,
                "{noop}" + PASSWORD,
                template);
        copy(rows, "shop_order", "title, amount_fen, status, placed_at, completed_at", template, holder);
        copy(rows, "favourite", "title", template, holder);
        copy(rows, "address", "recipient, phone, line", template, holder);
        copy(rows, "subscription", "plan, status", template, holder);
        rows.update(
                "insert into linked_login (id, account_id, provider, subject)"
                        + " select random_uuid(), ?, provider, random_uuid() from linked_login where account_id = ?",
                holder.id,
                template);
        rows.update(
                "insert into wallet (account_id, balance_fen) select ?, balance_fen from wallet where account_id = ?",
                holder.id,
                template);
        return holder;
    }

    /** A number that no account has. */
    static String unusedPhone() {
        return "139%08d".formatted(1_390_000 + NUMBERS.incrementAndGet());
    }

    String maskedPhone() {
        return phone.substring(0, 3) + "****" + phone.substring(7);
    }

    private static void copy(Rows rows, String table, String columns, String template, Holder holder) {
        rows.update(
                "insert into %1$s (id, account_id, %2$s) select random_uuid(), ?, %2$s from %1$s where account_id = ?"
                        .formatted(table, columns),
                holder.id,
                template);
    }
}
