package org.accountsecurity.shop.jdbc;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import org.accountsecurity.shop.DataSet;
import org.accountsecurity.shop.Erasure;
import org.accountsecurity.shop.MembershipLevel;
import org.accountsecurity.shop.Preview;
import org.accountsecurity.shop.RecordSink;
import org.accountsecurity.shop.Treatment;
import org.accountsecurity.text.Messages;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the account's own row says of its holder; the row itself stays as a tombstone. */
@Component
class ProfileDataSet implements DataSet {

    private static final String HELD = " where id = ? and (phone is not null or mail is not null"
            + " or password_hash is not null or nickname is not null or membership_level <> 'REGULAR')";

    private final JdbcClient jdbc;
    private final Clock clock;

    ProfileDataSet(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "profile";
    }

    @Override
    public Preview preview(String accountId, Treatment treatment) {
        return new Preview(count(accountId), null);
    }

    @Override
    public void export(String accountId, RecordSink sink) {
        sink.columns(Messages.list("shop.profile-columns"));
        jdbc.sql("select phone, mail, nickname, opened_at, membership_level from account where id = ?")
                .param(accountId)
                .query((row, number) -> Arrays.asList(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        LocalDate.ofInstant(row.getTimestamp(4).toInstant(), clock.getZone())
                                .toString(),
                        MembershipLevel.valueOf(row.getString(5)).label()))
                .list()
                .forEach(sink::record);
    }

    @Override
    public Erasure erase(String accountId, Treatment treatment, String requestId) {
        int erased = jdbc.sql("update account set phone = null, mail = null, password_hash = null, nickname = null,"
                        + " membership_level = 'REGULAR'" + HELD)
                .param(accountId)
                .update();
        return new Erasure(erased > 0 ? Erasure.Outcome.ERASED : Erasure.Outcome.NOTHING_HELD, null, true);
    }

    @Override
    public boolean verifyErased(String accountId) {
        return count(accountId) == 0;
    }

    private long count(String accountId) {
        return jdbc.sql("select count(*) from account" + HELD)
                .param(accountId)
                .query(Long.class)
                .single();
    }
}
