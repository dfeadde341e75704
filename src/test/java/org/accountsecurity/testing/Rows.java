package org.accountsecurity.testing;

import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows of the database, in one call each. */
public final class Rows {

    private final JdbcClient jdbc;

    public Rows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Any other query. */
    public JdbcClient.StatementSpec sql(String sql, Object... parameters) {
        return jdbc.sql(sql).params(parameters);
    }

    /** Writes, and says how many rows were written. */
    public int update(String sql, Object... parameters) {
        return sql(sql, parameters).update();
    }

    public long count(String table) {
        return number("select count(*) from " + table);
    }

    /** The only value of a query. */
    public long number(String sql, Object... parameters) {
        return sql(sql, parameters).query(Long.class).single();
    }

    /** The only value of a query. */
    public String text(String sql, Object... parameters) {
        return sql(sql, parameters).query(String.class).single();
    }

    /** The only value of a query, if there is one. */
    public Optional<String> find(String sql, Object... parameters) {
        return sql(sql, parameters).query(String.class).optional();
    }

    /** The values of the only column of a query. */
    public List<String> texts(String sql, Object... parameters) {
        return sql(sql, parameters).query(String.class).list();
    }
}
