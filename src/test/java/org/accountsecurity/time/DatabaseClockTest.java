package org.accountsecurity.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

class DatabaseClockTest {

    private final JdbcDataSource database = database();
    private final Clock clock = new DatabaseClock(database, ZoneId.of("Asia/Shanghai"));

    @Test
    @DisplayName("a transaction reads the time once, and it goes on in it: H2's own stands still in a transaction")
    void aTransactionReadsTheTimeOnce() {
        transaction().executeWithoutResult(status -> {
            Instant first = clock.instant();
            Instant standing = new JdbcTemplate(database)
                    .queryForObject("select current_timestamp", Timestamp.class)
                    .toInstant();

            assertThat(first).isAfterOrEqualTo(standing).isBefore(standing.plusSeconds(5));
            assertThat(clock.instant()).isAfter(first);
            assertThat(clock.withZone(ZoneId.of("UTC")).instant()).isAfter(first);
        });
    }

    @Test
    @DisplayName("a transaction within another reads it for itself, and none is left with another's")
    void aTransactionWithinAnother() {
        TransactionTemplate own = transaction();
        own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);

        transaction().executeWithoutResult(outer -> {
            Instant first = clock.instant();
            own.executeWithoutResult(inner -> assertThat(clock.instant()).isAfter(first.minusSeconds(1)));

            assertThat(clock.instant()).isAfter(first);
        });

        assertThat(TransactionSynchronizationManager.getResourceMap()).isEmpty();
        assertThat(clock.instant())
                .isBetween(Instant.now().minusSeconds(5), Instant.now().plusSeconds(5));
    }

    private TransactionTemplate transaction() {
        return new TransactionTemplate(new JdbcTransactionManager(database));
    }

    private static JdbcDataSource database() {
        JdbcDataSource database = new JdbcDataSource();
        database.setUrl("jdbc:h2:mem:clock;DB_CLOSE_DELAY=-1");
        return database;
    }
}
