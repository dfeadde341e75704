package org.accountsecurity;

import java.sql.Connection;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** The one time that all nodes share: the database's, so that a node whose clock is wrong expires no code early or late. */
class DatabaseClock extends Clock {

    /** PostgreSQL's current_timestamp is when the transaction began, which may have waited for a gateway since. */
    private static final String POSTGRESQL = "select clock_timestamp()";

    private static final String OTHERS = "select current_timestamp";

    private final JdbcTemplate jdbc;
    private final String query;
    private final ZoneId zone;

    DatabaseClock(DataSource dataSource, ZoneId zone) {
        this(new JdbcTemplate(dataSource), zone);
    }

    private DatabaseClock(JdbcTemplate jdbc, String query, ZoneId zone) {
        this.jdbc = jdbc;
        this.query = query;
        this.zone = zone;
    }

    private DatabaseClock(JdbcTemplate jdbc, ZoneId zone) {
        this(jdbc, isPostgresql(jdbc) ? POSTGRESQL : OTHERS, zone);
    }

    private static boolean isPostgresql(JdbcTemplate jdbc) {
        return "PostgreSQL"
                .equals(jdbc.execute(
                        (Connection connection) -> connection.getMetaData().getDatabaseProductName()));
    }

    @Override
    public Instant instant() {
        return jdbc.queryForObject(query, Timestamp.class).toInstant();
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
        return new DatabaseClock(jdbc, query, other);
    }
}
