package org.accountsecurity.rehearsal;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.accountsecurity.rehearsal.Walk.Type;
import org.accountsecurity.text.Sentence;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Copies of the demo accounts for walks, with the messages that they receive. */
final class RehearsalAccounts {

    private static final Pattern CODE = Pattern.compile("(?<!\\d)(\\d{6,10})(?!\\d)");
    private static final Pattern CONTEST = Pattern.compile("/not-me/([\\w-]+)");

    private static final String ACCOUNT =
            "account (id, status, version, phone, mail, nickname, opened_at, membership_level)"
                    + " select :id, status, version, :phone, case when mail is not null then :mail end, nickname, opened_at, membership_level"
                    + " from account where id = :demo";

    /** The records of an account. */
    private static final List<String> RECORDS = List.of(
            "wallet (account_id, balance_fen) select :id, balance_fen from wallet",
            "favourite (id, account_id, title) select random_uuid(), :id, title from favourite",
            "shop_order (id, account_id, title, amount_fen, status, placed_at, completed_at)"
                    + " select random_uuid(), :id, title, amount_fen, status, placed_at, completed_at from shop_order",
            "address (id, account_id, recipient, phone, line)"
                    + " select random_uuid(), :id, recipient, phone, line from address",
            "subscription (id, account_id, plan, status) select random_uuid(), :id, plan, status from subscription",
            "linked_login (id, account_id, provider, subject)"
                    + " select random_uuid(), :id, provider, subject || :id from linked_login");

    private final JdbcClient jdbc;
    private final RehearsalClock clock;
    private int made;

    RehearsalAccounts(JdbcClient jdbc, RehearsalClock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** The open items of an account when its holder starts a process; each is a copy of a demo account. */
    enum Kind {
        NOTHING_OPEN("acct-10001", "rehearsal.account-with-nothing-open"),
        FOR_THE_PROCESS("acct-10003", "rehearsal.account-with-items-for-the-process"),
        FOR_THE_HOLDER("acct-10002", "rehearsal.account-with-items-for-the-holder");

        private final String demo;
        private final String key;

        Kind(String demo, String key) {
            this.demo = demo;
            this.key = key;
        }

        Sentence words() {
            return Sentence.of(key);
        }
    }

    /** An event before a step that may change its outcome, with the attempts in one walk. */
    enum Happening {
        /** As often as a code may be entered or sent. */
        NOTHING("", 12, EnumSet.allOf(Type.class), holder -> {}),
        PAUSE("rehearsal.five-minutes-pass", 12, EnumSet.allOf(Type.class), Holder::pause),
        ORDER("rehearsal.order-is-placed", 1, EnumSet.of(Type.ANSWER, Type.TIMER), Holder::placeOrder),
        PHONE_TAKEN("rehearsal.phone-is-taken", 1, EnumSet.of(Type.ANSWER), Holder::losePhone),
        LOCKED("rehearsal.account-is-locked", 1, EnumSet.of(Type.ANSWER), Holder::lock),
        MANY("rehearsal.many-records", 1, EnumSet.of(Type.JOB, Type.START), Holder::holdMany);

        private final String key;
        private final int times;
        private final Set<Type> before;
        private final Consumer<Holder> effect;

        Happening(String key, int times, Set<Type> before, Consumer<Holder> effect) {
            this.key = key;
            this.times = times;
            this.before = before;
            this.effect = effect;
        }

        /** Empty if there is nothing to say. */
        Optional<Sentence> words() {
            return key.isEmpty() ? Optional.empty() : Optional.of(Sentence.of(key));
        }

        int times() {
            return times;
        }

        /** The steps that it may influence. */
        Set<Type> before() {
            return before;
        }

        void happensTo(Holder holder) {
            try {
                effect.accept(holder);
            } catch (DataAccessException e) {
                // the constraints of the shop prevent it
            }
        }
    }

    Holder make(Kind kind) {
        Holder holder = new Holder(next());
        made++;
        holder.insert(ACCOUNT, kind.demo);
        RECORDS.forEach(records -> holder.insert(records + " where account_id = :demo", kind.demo));
        return holder;
    }

    /** The id of the next account; ids ascend. */
    String next() {
        return String.format(Locale.ROOT, "acct-9%07d", made + 1);
    }

    /** A number without an account. */
    String freshPhone() {
        made++;
        return next().replace("acct-9", "1370");
    }

    /** An account, and the numbers of its holder. */
    final class Holder {

        private final String account;
        private final String phone;
        private String typedPhone = "";

        private Holder(String account) {
            this.account = account;
            this.phone = account.replace("acct-9", "1390");
        }

        private void insert(String records, String demo) {
            jdbc.sql("insert into " + records)
                    .param("id", account)
                    .param("phone", phone)
                    .param("mail", account + "@example.com")
                    .param("demo", demo)
                    .update();
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

        boolean isClosed() {
            return is("status = 'CLOSED'");
        }

        boolean hasNewPhone() {
            return is("phone = '" + typedPhone + "'");
        }

        private boolean is(String condition) {
            return jdbc.sql("select count(*) from account where id = ? and " + condition)
                            .param(account)
                            .query(Integer.class)
                            .single()
                    > 0;
        }

        /** The evidence for commit points that exists so far. */
        List<String> evidence() {
            return jdbc.sql("select purpose from verification where account_id = :id and accepted_at is not null"
                            + " union select statement from holder_answer where account_id = :id order by 1")
                    .param("id", account)
                    .query(String.class)
                    .list();
        }

        /** The last code received. */
        Optional<String> code() {
            return received(CODE);
        }

        /** The token of the last link to contest a request. */
        Optional<String> contestToken() {
            return received(CONTEST);
        }

        private Optional<String> received(Pattern pattern) {
            return jdbc
                    .sql("select text from inbox_message where recipient in (?, ?, ?) order by id desc")
                    .params(phone, typedPhone, account + "@example.com")
                    .query(String.class)
                    .list()
                    .stream()
                    .flatMap(text -> pattern.matcher(text).results())
                    .map(found -> found.group(1))
                    .findFirst();
        }

        private void pause() {
            clock.set(clock.instant().plus(Duration.ofMinutes(5)));
        }

        private void placeOrder() {
            insert(
                    "shop_order (id, account_id, title, amount_fen, status, placed_at)"
                            + " select random_uuid(), :id, title, amount_fen, status, placed_at"
                            + " from shop_order where status = 'UNPAID' and account_id = :demo",
                    Kind.FOR_THE_HOLDER.demo);
        }

        /** Somebody else has the number by now. */
        private void losePhone() {
            jdbc.sql("insert into account (id, status, version, phone) values (random_uuid(), 'ACTIVE', 1, ?)")
                    .param(typedPhone)
                    .update();
        }

        /** The shop locks the account. */
        private void lock() {
            jdbc.sql("update account set status = 'LOCKED' where id = ?")
                    .param(account)
                    .update();
        }

        /** More records than one transaction erases, and one that is due for purging. */
        private void holdMany() {
            insert(
                    "favourite (id, account_id, title) select random_uuid(), :id, :demo from system_range(1, 5001)",
                    Kind.NOTHING_OPEN.demo);
            jdbc.sql("insert into retained_transaction (id, title, amount_fen, completed_on, retained_until)"
                            + " values (random_uuid(), 'goods', 1, date '2000-01-01', date '2001-01-01')")
                    .update();
        }
    }
}
