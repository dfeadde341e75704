package org.accountsecurity;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** The one time that all nodes share: the database's, so that a node whose clock is wrong expires no code early or late. */
class DatabaseClock extends Clock {

    private final JdbcTemplate jdbc;
    private final ZoneId zone;

    DatabaseClock(DataSource dataSource, ZoneId zone) {
        this(new JdbcTemplate(dataSource), zone);
    }

    private DatabaseClock(JdbcTemplate jdbc, ZoneId zone) {
        this.jdbc = jdbc;
        this.zone = zone;
    }

    @Override
    public Instant instant() {
        return jdbc.queryForObject("select current_timestamp", Timestamp.class).toInstant();
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
        return new DatabaseClock(jdbc, other);
    }
}
