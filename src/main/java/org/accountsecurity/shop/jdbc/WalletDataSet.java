package org.accountsecurity.shop.jdbc;

import java.util.List;
import org.accountsecurity.shop.OpenItem;
import org.accountsecurity.text.Messages;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The balance; while it is not zero, it is an open item. */
@Component
class WalletDataSet extends AccountTable {

    WalletDataSet(JdbcClient jdbc) {
        super("wallet", "wallet", "account_id", jdbc);
    }

    @Override
    public List<OpenItem> openItems(String accountId) {
        return jdbc.sql("select balance_fen from wallet where account_id = ? and balance_fen <> 0")
                .param(accountId)
                .query((row, number) ->
                        new OpenItem("WALLET_BALANCE", "balance", Messages.text("shop.wallet"), row.getLong(1)))
                .list();
    }
}
