package org.accountsecurity.evidence;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.accountsecurity.shop.Masks;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Asks the database what became of the account: unharmed, or all that is owed was done, and its holder had said so. */
final class Harm {

    private static final List<String> SHOP =
            List.of("favourite", "address", "linked_login", "subscription", "wallet", "shop_order");

    /** Of a confirmation, by the shipped table, and some minutes in which jobs are done. */
    private static final Duration VALID = Duration.ofDays(1).plusMinutes(10);

    private final JdbcClient jdbc;
    private final SaidInPerson said;
    private final Duration coolingOff;
    private final List<String> found = new ArrayList<>();

    private Harm(JdbcClient jdbc, SaidInPerson said, Duration coolingOff) {
        this.jdbc = jdbc;
        this.said = said;
        this.coolingOff = coolingOff;
    }

    /** @return what is wrong, in words; nothing if nothing is */
    static List<String> of(Walk walk, Duration coolingOff) {
        Harm harm = new Harm(walk.bean(JdbcClient.class), walk.said(), coolingOff);
        harm.look();
        if (walk.unproven()) {
            harm.found.add("it was closed for good before its receipt was signed");
        }
        if (walk.shop() == Shop.OWED
                && !walk.said().hasSettled()
                && !outcome(walk).equals("ACTIVE")) {
            harm.found.add("open items were passed over");
        }
        return harm.found;
    }

    /** What became of the account. */
    static String outcome(Walk walk) {
        Map<String, Object> account = account(walk.bean(JdbcClient.class));
        return account.get("status").equals("ACTIVE") && !Walk.PHONE.equals(account.get("phone"))
                ? "CHANGED"
                : (String) account.get("status");
    }

    private static Map<String, Object> account(JdbcClient jdbc) {
        return jdbc.sql("select status, phone, mail, password_hash from account where id = ?")
                .param(Walk.ACCOUNT)
                .query()
                .singleRow();
    }

    private void look() {
        Map<String, Object> account = account(jdbc);
        switch ((String) account.get("status")) {
            case "ACTIVE" -> {
                if (Walk.PHONE.equals(account.get("phone"))) {
                    unharmed(account);
                } else {
                    changed((String) account.get("phone"));
                }
            }
            case "CLOSED" -> closed(account);
            default -> found.add("the account is left " + account.get("status"));
        }
        if (number("select count(*) from holder_request where open_for is not null") > 0) {
            found.add("a request is never ended");
        }
        for (String table : List.of("vault", "notice", "open_item")) {
            if (number("select count(*) from " + table) > 0) {
                found.add(table + " is not empty");
            }
        }
    }

    private void unharmed(Map<String, Object> account) {
        if (!Walk.MAIL.equals(account.get("mail")) || account.get("password_hash") == null) {
            found.add("a live account has lost its profile");
        }
        if (number("select count(*) from favourite where account_id = 'acct-10001'") != 2
                || number("select count(*) from address where account_id = 'acct-10001' and id <> 'late'") != 1
                || number("select count(*) from shop_order where account_id = 'acct-10001'") != 3) {
            found.add("a live account has lost data");
        }
        requestTold();
        if (number("select count(*) from holder_request where committed_at is not null") > 0) {
            found.add("a request is committed, and its account is as it was");
        }
    }

    private void changed(String phone) {
        if (phone == null) {
            found.add("the number is lost");
            return;
        }
        saidSo("phone-unbinding", Duration.ZERO);
        if (said.confirmedTarget() != null && !said.confirmedTarget().equals(Masks.mask(phone))) {
            found.add("the number is not the one that was confirmed");
        }
        verified("PHONE_UNBINDING");
        verified("NEW_PHONE");
        told("已更换绑定手机号", Walk.PHONE, Walk.MAIL);
        told("已绑定您的账户", phone);
        ended("phone-unbinding");
        if (number("select count(*) from phone_change where old_phone is not null or new_phone is not null") > 0) {
            found.add("the numbers of the change are kept");
        }
    }

    private void closed(Map<String, Object> account) {
        saidSo("account-deregistration", coolingOff);
        verified("DEREGISTRATION");
        SHOP.stream()
                .filter(table ->
                        number("select count(*) from " + table + " where account_id = '" + Walk.ACCOUNT + "'") > 0)
                .forEach(table -> found.add("data are left in " + table));
        if (account.get("phone") != null || account.get("mail") != null || account.get("password_hash") != null) {
            found.add("data are left in account");
        }
        if (number("select count(*) from receipt where jws is not null") != 1) {
            found.add("there is no signed receipt");
        }
        requestTold();
        told("已注销，个人数据已清除", Walk.PHONE, Walk.MAIL);
        for (String address : List.of(Walk.PHONE, Walk.MAIL)) {
            if (number("select count(*) from inbox_message, holder_request where recipient = '" + address
                            + "' and (text like '%已确认注销%' or text like '%已注销%')"
                            + " and sent_at < committed_at + interval '90' minute")
                    == 0) {
                found.add("the holder was told late that the account is closing");
            }
        }
        ended("account-deregistration");
    }

    /** Whoever is done sooner is told of the closing instead. */
    private void requestTold() {
        long waited = number("select count(*) from holder_request where process_key = 'account-deregistration'"
                + " and coalesce(committed_at, ended_at) > opened_at + interval '1' day");
        if (waited > 0) {
            told("申请了注销", Walk.PHONE, Walk.MAIL);
        }
    }

    /** In person, after the notice, before it happened, and with the time between that the table wants. */
    private void saidSo(String process, Duration wait) {
        List<Instant> committed = jdbc
                .sql("select committed_at from holder_request where process_key = ? and committed_at is not null")
                .param(process)
                .query(Timestamp.class)
                .list()
                .stream()
                .map(Timestamp::toInstant)
                .toList();
        Instant word = said.lastWord();
        if (committed.size() != 1) {
            found.add(committed.size() + " requests for it are committed");
        } else if (word == null) {
            found.add("the holder has not said so, or has said otherwise");
        } else if (committed.get(0).isBefore(word)) {
            found.add("it happened before the holder said so");
        } else if (committed.get(0).isBefore(word.plus(wait))) {
            found.add("the cooling-off was not served");
        } else if (committed.get(0).isAfter(word.plus(wait).plus(VALID))) {
            found.add("the last word was too old");
        }
    }

    private void verified(String purpose) {
        Instant word = said.lastWord();
        if (word != null
                && number("select count(*) from verification where used_at is not null and purpose = '" + purpose
                                + "' and accepted_at <= '" + Timestamp.from(word) + "'")
                        == 0) {
            found.add("no code from before the last word was spent for " + purpose);
        }
    }

    private void told(String what, String... addresses) {
        for (String address : addresses) {
            if (number("select count(*) from inbox_message where recipient = '" + address + "' and text like '%" + what
                            + "%'")
                    == 0) {
                found.add((address.contains("@")
                                ? "the mail address"
                                : address.equals(Walk.PHONE) ? "the number" : "the new number")
                        + " was not told: " + what);
            }
        }
    }

    private void ended(String process) {
        if (number("select count(*) from holder_request where process_key = '" + process
                        + "' and committed_at is not null and ended_at is not null")
                != 1) {
            found.add("the request has not ended");
        }
    }

    private long number(String sql) {
        return jdbc.sql(sql).query(Long.class).single();
    }
}
