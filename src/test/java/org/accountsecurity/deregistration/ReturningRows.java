package org.accountsecurity.deregistration;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import org.accountsecurity.testing.TestDatabase;
import org.h2.api.Trigger;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A system that says it has deleted a row and has it still. */
public class ReturningRows implements Trigger {

    private String table;

    /** From now on every row that is deleted is there again. */
    static void begin(JdbcClient jdbc, String table) {
        if (TestDatabase.isPostgres()) {
            jdbc.sql("create or replace function return_row() returns trigger language plpgsql as $$ begin"
                            + " execute format('insert into %I select ($1).*', tg_table_name) using old;"
                            + " return null; end $$")
                    .update();
        }
        jdbc.sql("create trigger rows_return after delete on " + table + " for each row "
                        + (TestDatabase.isPostgres()
                                ? "execute function return_row()"
                                : "call '" + ReturningRows.class.getName() + "'"))
                .update();
    }

    static void end(JdbcClient jdbc, String table) {
        jdbc.sql("drop trigger rows_return" + (TestDatabase.isPostgres() ? " on " + table : ""))
                .update();
    }

    @Override
    public void init(Connection connection, String schema, String trigger, String table, boolean before, int type) {
        this.table = table;
    }

    @Override
    public void fire(Connection connection, Object[] deleted, Object[] inserted) throws SQLException {
        String values = String.join(", ", Collections.nCopies(deleted.length, "?"));
        try (PreparedStatement insert =
                connection.prepareStatement("insert into \"" + table + "\" values (" + values + ")")) {
            for (int column = 0; column < deleted.length; column++) {
                insert.setObject(column + 1, deleted[column]);
            }
            insert.executeUpdate();
        }
    }
}
