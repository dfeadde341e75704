package org.accountsecurity.time;

import java.sql.Connection;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The time of the database, which all nodes share: a node with a wrong clock expires no code early or late. A transaction
 * reads it once.
 */
class DatabaseClock extends Clock {

    /** PostgreSQL's current_timestamp is the start of the transaction, which may have waited since. */
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
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            return read();
        }
        Reading reading = (Reading) TransactionSynchronizationManager.getResource(jdbc);
        if (reading == null) {
            reading = new Reading(read(), System.nanoTime());
            TransactionSynchronizationManager.registerSynchronization(new Bound(reading));
        }
        return reading.now();
    }

    private Instant read() {
        return jdbc.queryForObject(query, Timestamp.class).toInstant();
    }

    /** The database's time as a transaction has read it; from then on the node's own counter is added. */
    private record Reading(Instant database, long nanoTime) {

        /** As precise as the database. */
        Instant now() {
            return database.plusNanos(System.nanoTime() - nanoTime).truncatedTo(ChronoUnit.MICROS);
        }
    }

    /** Keeps a reading for as long as its transaction runs. */
    private final class Bound implements TransactionSynchronization {

        private final Reading reading;

        Bound(Reading reading) {
            this.reading = reading;
            resume();
        }

        @Override
        public void suspend() {
            TransactionSynchronizationManager.unbindResource(jdbc);
        }

        @Override
        public void resume() {
            TransactionSynchronizationManager.bindResource(jdbc, reading);
        }

        @Override
        public void afterCompletion(int status) {
            suspend();
        }
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
