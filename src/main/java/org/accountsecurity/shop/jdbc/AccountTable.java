package org.accountsecurity.shop.jdbc;

import java.util.List;
import java.util.Optional;
import org.accountsecurity.shop.DataSet;
import org.accountsecurity.shop.Erasure;
import org.accountsecurity.shop.Preview;
import org.accountsecurity.shop.RecordSink;
import org.accountsecurity.shop.Treatment;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A data set that is the rows of one table with a column {@code account_id}. Pages are ordered by it too: else H2 does not
 * see that the index has the order, and sorts the whole account for each page.
 */
abstract class AccountTable implements DataSet {

    /** Rows that are erased in one transaction: well under a second on two cores. */
    static final int CHUNK = 5_000;
    /** Rows that are read at a time. */
    private static final int PAGE = 1_000;

    final JdbcClient jdbc;
    private final String name;
    private final String table;
    private final String key;

    AccountTable(String name, String table, JdbcClient jdbc) {
        this(name, table, "id", jdbc);
    }

    AccountTable(String name, String table, String key, JdbcClient jdbc) {
        this.name = name;
        this.table = table;
        this.key = key;
        this.jdbc = jdbc;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Preview preview(String accountId, Treatment treatment) {
        return new Preview(count(accountId), null);
    }

    @Override
    public Erasure erase(String accountId, Treatment treatment, String requestId) {
        Optional<String> last = jdbc.sql("select " + key + " from " + table
                        + " where account_id = ? order by account_id, " + key + " limit 1 offset ?")
                .params(accountId, CHUNK - 1)
                .query(String.class)
                .optional();
        int erased = last.map(id -> jdbc.sql("delete from " + table + " where account_id = ? and " + key + " <= ?")
                        .params(accountId, id)
                        .update())
                .orElseGet(() -> jdbc.sql("delete from " + table + " where account_id = ?")
                        .param(accountId)
                        .update());
        return new Erasure(erased > 0 ? Erasure.Outcome.ERASED : Erasure.Outcome.NOTHING_HELD, null, erased < CHUNK);
    }

    @Override
    public boolean verifyErased(String accountId) {
        return count(accountId) == 0;
    }

    final long count(String accountId) {
        return jdbc.sql("select count(*) from " + table + " where account_id = ?")
                .param(accountId)
                .query(Long.class)
                .single();
    }

    /** Writes all rows of the account, a page at a time. */
    final void write(String accountId, RecordSink sink, RowMapper<List<String>> values) {
        String last = "";
        int read;
        do {
            List<Row> page = jdbc.sql("select * from " + table + " where account_id = ? and " + key
                            + " > ? order by account_id, " + key + " limit ?")
                    .params(accountId, last, PAGE)
                    .query((row, number) -> new Row(row.getString(key), values.mapRow(row, number)))
                    .list();
            page.forEach(row -> sink.record(row.values()));
            read = page.size();
            last = read == 0 ? last : page.get(read - 1).key();
        } while (read == PAGE);
    }

    private record Row(String key, List<String> values) {}
}
