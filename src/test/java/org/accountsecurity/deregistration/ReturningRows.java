package org.accountsecurity.deregistration;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import org.h2.api.Trigger;

/** A system that says it has deleted a row and has it still. */
public class ReturningRows implements Trigger {

    private String table;

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
