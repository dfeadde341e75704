package org.accountsecurity.rehearsal;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.dao.EmptyResultDataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Accounts that are made for walks, what the embedded shop holds of them, and what their phones and mailboxes receive. */
final class MadeAccounts {

    /** More rows than one transaction erases. */
    private static final int MANY = 5_001;

    private static final Pattern CODE = Pattern.compile("验证码 (\\d+)");
    private static final Pattern CONTEST = Pattern.compile("/not-me/([\\w-]+)");

    private final JdbcClient jdbc;
    private final Clock clock;
    private int made;

    MadeAccounts(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** What an account has open when its holder starts a process. */
    enum Kind {
        NOTHING_OPEN("账户没有未完成事项"),
        FOR_THE_PROCESS("账户有系统可代办的事项、没有邮箱"),
        FOR_THE_HOLDER("账户有须本人处理的事项");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    Holder make(Kind kind) {
        Holder holder = insert(number("139%08d"), kind != Kind.FOR_THE_PROCESS);
        String id = holder.account();
        order(id, "COMPLETED");
        rows("favourite (id, account_id, title)", "?, '收藏'", id);
        rows("address (id, account_id, recipient, phone, line)", "?, '收件人', '13900000000', '地址'", id);
        jdbc.sql("insert into wallet (account_id, balance_fen) values (?, ?)")
                .params(id, kind == Kind.FOR_THE_HOLDER ? 1250 : 0)
                .update();
        if (kind == Kind.FOR_THE_PROCESS) {
            rows("subscription (id, account_id, plan, status)", "?, '月卡', 'ACTIVE'", id);
            jdbc.sql("insert into linked_login (id, account_id, provider, subject) values (?, ?, 'WECHAT', ?)")
                    .params(id, id, id)
                    .update();
        }
        if (kind == Kind.FOR_THE_HOLDER) {
            order(id, "UNPAID");
        }
        return holder;
    }

    private Holder insert(String phone, boolean withMail) {
        String id = next();
        made++;
        jdbc.sql("insert into account (id, status, version, phone, mail, nickname) values (?, 'ACTIVE', 1, ?, ?, '排练')")
                .params(id, phone, withMail ? id + "@example.com" : null)
                .update();
        return new Holder(id, phone);
    }

    /** The id of the next account; ids go up. */
    String next() {
        return String.format(Locale.ROOT, "acct-9%07d", made + 1);
    }

    /** One that no account has. */
    String freshPhone() {
        made++;
        return number("137%08d");
    }

    private String number(String format) {
        return String.format(Locale.ROOT, format, made + 1);
    }

    private void order(String account, String status) {
        Timestamp placed = Timestamp.from(clock.instant().minus(Duration.ofDays(9)));
        jdbc.sql("insert into shop_order (id, account_id, title, amount_fen, status, placed_at, completed_at)"
                        + " values (random_uuid(), ?, '商品', 100, ?, ?, ?)")
                .params(account, status, placed, status.equals("COMPLETED") ? placed : null)
                .update();
    }

    private void rows(String table, String values, String account) {
        jdbc.sql("insert into " + table + " values (random_uuid(), " + values + ")")
                .param(account)
                .update();
    }

    /** An account, and the numbers of its holder. */
    final class Holder {

        private final String account;
        private final String phone;
        private String typedPhone;

        private Holder(String account, String phone) {
            this.account = account;
            this.phone = phone;
        }

        String account() {
            return account;
        }

        String phone() {
            return phone;
        }

        void typed(String newPhone) {
            typedPhone = newPhone;
        }

        String status() {
            return one("status");
        }

        boolean hasTypedPhone() {
            return typedPhone != null && typedPhone.equals(one("phone"));
        }

        private String one(String column) {
            return jdbc.sql("select " + column + " from account where id = ?")
                    .param(account)
                    .query(String.class)
                    .optional()
                    .orElse("");
        }

        private List<String> received() {
            return jdbc.sql("select text from inbox_message where recipient in (?, ?, ?) order by id desc")
                    .params(phone, account + "@example.com", typedPhone == null ? "" : typedPhone)
                    .query(String.class)
                    .list();
        }

        /** The code that was received last. */
        Optional<String> code() {
            return newest(CODE);
        }

        /** The token of the last link by which a request can be contested. */
        Optional<String> contestToken() {
            return newest(CONTEST);
        }

        private Optional<String> newest(Pattern pattern) {
            return received().stream()
                    .map(pattern::matcher)
                    .filter(Matcher::find)
                    .map(found -> found.group(1))
                    .findFirst();
        }

        void placeOrder() {
            order(account, "UNPAID");
        }

        /** Somebody else has the number by now. */
        void losePhone() {
            if (typedPhone == null) {
                throw new EmptyResultDataAccessException("no number was typed", 1);
            }
            insert(typedPhone, false);
        }

        /** More records than one transaction erases, and one that is due to be purged. */
        void holdMany() {
            jdbc.sql("insert into favourite (id, account_id, title)"
                            + " select random_uuid(), ?, '收藏' from system_range(1, ?)")
                    .params(account, MANY)
                    .update();
            jdbc.sql("insert into retained_transaction (id, title, amount_fen, completed_on, frozen_until)"
                            + " values (random_uuid(), '商品', 1, date '2000-01-01', date '2001-01-01')")
                    .update();
        }
    }
}
