package org.accountsecurity.retention;

import java.sql.Timestamp;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How a {@link Purgeable} deletes rows of one table; the names it gives become SQL, and are constants. */
public final class ChunkedDelete {

    private static final int CHUNK = 5_000;

    private ChunkedDelete() {}

    /**
     * Deletes rows whose time is before that instant, as many as fit into a transaction of about a second.
     *
     * @return how many
     */
    public static int delete(JdbcClient jdbc, String table, String key, String time, Instant before) {
        return jdbc.sql("delete from " + table + " where " + key + " in (select " + key + " from " + table + " where "
                        + time + " < ? limit ?)")
                .params(Timestamp.from(before), CHUNK)
                .update();
    }
}
