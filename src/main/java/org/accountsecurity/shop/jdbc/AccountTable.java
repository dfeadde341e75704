package org.accountsecurity.shop.jdbc;

import org.accountsecurity.shop.DataSet;
import org.accountsecurity.shop.Erasure;
import org.accountsecurity.shop.Treatment;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A data set that is the rows of one table with a column {@code account_id}. */
abstract class AccountTable implements DataSet {

    final JdbcClient jdbc;
    private final String name;
    private final String table;

    AccountTable(String name, String table, JdbcClient jdbc) {
        this.name = name;
        this.table = table;
        this.jdbc = jdbc;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long count(String accountId) {
        return jdbc.sql("select count(*) from " + table + " where account_id = ?")
                .param(accountId)
                .query(Long.class)
                .single();
    }

    @Override
    public Erasure erase(String accountId, Treatment treatment, String requestId) {
        int erased = jdbc.sql("delete from " + table + " where account_id = ?")
                .param(accountId)
                .update();
        return new Erasure(erased > 0 ? Erasure.Outcome.ERASED : Erasure.Outcome.NOTHING_HELD, null);
    }

    @Override
    public boolean verifyErased(String accountId) {
        return count(accountId) == 0;
    }
}
