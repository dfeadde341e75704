package org.accountsecurity.shop.jdbc;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.accountsecurity.shop.Account;
import org.accountsecurity.shop.Accounts;
import org.accountsecurity.shop.OpenItem;
import org.accountsecurity.text.Messages;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Logins at other providers; the last means of logging in stays until the account closes. */
@Component
class LinkedLoginsDataSet extends AccountTable {

    private final Accounts accounts;

    LinkedLoginsDataSet(JdbcClient jdbc, Accounts accounts) {
        super("linked-logins", "linked_login", jdbc);
        this.accounts = accounts;
    }

    @Override
    public List<OpenItem> openItems(String accountId) {
        String kind = count(accountId) == 1 && !logsInWithPassword(accountId) ? "LAST_LOGIN" : "LINKED_LOGIN";
        return jdbc.sql("select id, provider from linked_login where account_id = ? order by id")
                .param(accountId)
                .query((row, number) -> new OpenItem(
                        kind,
                        row.getString("id"),
                        Messages.text(
                                "shop.linked-login-" + row.getString("provider").toLowerCase(Locale.ROOT)),
                        0))
                .list();
    }

    @Override
    public void settle(String accountId, Collection<String> references, String requestId) {
        accounts.lock(accountId);
        for (String reference : references) {
            if (logsInWithPassword(accountId) || count(accountId) > 1) {
                jdbc.sql("delete from linked_login where account_id = ? and id = ?")
                        .params(accountId, reference)
                        .update();
            }
        }
    }

    private boolean logsInWithPassword(String accountId) {
        Account account = accounts.find(accountId).orElseThrow();
        return account.passwordHash() != null && (account.phone() != null || account.mail() != null);
    }
}
