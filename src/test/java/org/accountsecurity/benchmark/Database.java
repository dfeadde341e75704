package org.accountsecurity.benchmark;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** The database of one contender, as the benchmark looks at it from outside. */
final class Database {

    private final String url;
    private final JdbcTemplate jdbc;

    Database(EmbeddedPostgres postgres, String name) {
        JdbcTemplate server = new JdbcTemplate(postgres.getPostgresDatabase());
        server.execute("create database " + name);
        this.url = postgres.getJdbcUrl("postgres", name);
        DataSource database = postgres.getDatabase("postgres", name);
        this.jdbc = new JdbcTemplate(database);
    }

    String url() {
        return url;
    }

    JdbcTemplate jdbc() {
        return jdbc;
    }

    /** Creates accounts like the demo shop's first: three orders that are done, two favourites, an address. */
    void addAccounts(int first, int number) {
        List<Object[]> accounts = new ArrayList<>();
        for (int holder = first; holder < first + number; holder++) {
            accounts.add(
                    new Object[] {Holder.of(holder).account(), Holder.of(holder).phone()});
        }
        jdbc.execute("create table if not exists new_account (id varchar(64), phone varchar(20))");
        jdbc.execute("truncate new_account");
        forgetSends();
        jdbc.batchUpdate("insert into new_account values (?, ?)", accounts);
        for (String rows : List.of(
                "account (id, status, version, phone, mail, nickname)"
                        + " select id, 'ACTIVE', 1, phone, phone || '@example.com', '林一' from new_account",
                "shop_order (id, account_id, title, amount_fen, status, placed_at, completed_at)"
                        + " select gen_random_uuid(), id, '云南小粒咖啡豆 500g', 8800, 'COMPLETED',"
                        + " now() - interval '90 days', now() - interval '80 days' from new_account,"
                        + " generate_series(1, 3)",
                "favourite (id, account_id, title)"
                        + " select gen_random_uuid(), id, '手冲咖啡壶' from new_account, generate_series(1, 2)",
                "address (id, account_id, recipient, phone, line)"
                        + " select gen_random_uuid(), id, '林一', phone, '杭州市西湖区文三路 1 号' from new_account",
                "wallet (account_id, balance_fen) select id, 0 from new_account")) {
            jdbc.execute("insert into " + rows);
        }
    }

    /** Ages what was sent within the hour: the shop's limit for all of them together is not what is measured. */
    void forgetSends() {
        jdbc.update(
                "update code_send set sent_at = sent_at - interval '2 days' where sent_at > now() - interval '2 hours'");
    }

    /** Lets everybody log in with this password, and lets an engine that knows no accounts know them. */
    void letIn(String password) {
        jdbc.update(
                "update account set password_hash = ? where id in (select id from new_account)", "{noop}" + password);
        jdbc.execute("insert into act_id_user (id_, rev_) select id, 1 from new_account on conflict do nothing");
        jdbc.execute("truncate login_attempt");
    }

    void addOrders(Holder holder, int number) {
        jdbc.update(
                "insert into shop_order (id, account_id, title, amount_fen, status, placed_at, completed_at)"
                        + " select gen_random_uuid(), ?, '云南小粒咖啡豆 500g', 8800, 'COMPLETED',"
                        + " now() - interval '90 days', now() - interval '80 days' from generate_series(1, ?)",
                holder.account(),
                number);
    }

    long walBytes() {
        return jdbc.queryForObject("select pg_current_wal_insert_lsn() - '0/0'::pg_lsn", Long.class);
    }

    /** Of every table. */
    Map<String, Long> rows() {
        Map<String, Long> rows = new TreeMap<>();
        for (String table : jdbc.queryForList(
                "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace"
                        + " and relname <> 'new_account'",
                String.class)) {
            rows.put(table, jdbc.queryForObject("select count(*) from " + table, Long.class));
        }
        return rows;
    }

    /** Of a table that is not empty: with its indexes, once what is dead in it has been thrown away. */
    double bytesOfARow(String table) {
        jdbc.execute("vacuum full " + table);
        return jdbc.queryForObject(
                "select pg_total_relation_size('" + table + "') / count(*)::float8 from " + table, Double.class);
    }
}
