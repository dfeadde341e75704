package org.accountsecurity.shop.jdbc;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.accountsecurity.shop.OpenItem;
import org.accountsecurity.shop.RecordSink;
import org.accountsecurity.text.Messages;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Subscriptions; an active one is an open item that the shop can cancel. */
@Component
class SubscriptionsDataSet extends AccountTable {

    SubscriptionsDataSet(JdbcClient jdbc) {
        super("subscriptions", "subscription", jdbc);
    }

    @Override
    public List<OpenItem> openItems(String accountId) {
        return jdbc.sql("select id, plan from subscription where account_id = ? and status = 'ACTIVE' order by id")
                .param(accountId)
                .query((row, number) -> new OpenItem(
                        "SUBSCRIPTION",
                        row.getString("id"),
                        Messages.text("shop.subscription", "plan", row.getString("plan")),
                        0))
                .list();
    }

    @Override
    public void export(String accountId, RecordSink sink) {
        sink.columns(Messages.list("shop.subscriptions-columns"));
        write(
                accountId,
                sink,
                (row, number) -> Arrays.asList(
                        row.getString("plan"),
                        Messages.text("shop.subscription-status-"
                                + row.getString("status").toLowerCase(Locale.ROOT))));
    }

    @Override
    public void settle(String accountId, Collection<String> references, String requestId) {
        jdbc.sql("update subscription set status = 'CANCELLED' where account_id = :account and id in (:ids)")
                .param("account", accountId)
                .param("ids", references)
                .update();
    }
}
