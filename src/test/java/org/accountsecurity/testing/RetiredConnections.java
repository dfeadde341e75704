package org.accountsecurity.testing;

import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Ends the connections that the pools have opened so far, as their lifetime does after half an hour. */
public final class RetiredConnections {

    /** Ids are used again. */
    private static final String H2 = "select session_id || ' ' || session_start from information_schema.sessions";

    private static final String POSTGRESQL =
            "select pid || ' ' || backend_start from pg_stat_activity where datname = current_database()";

    private RetiredConnections() {}

    public static void retire(ApplicationContext context) {
        JdbcClient jdbc = context.getBean(JdbcClient.class);
        Collection<DataSource> all = context.getBeansOfType(DataSource.class).values();
        Set<String> first = sessions(jdbc);
        // is no pool and keeps what it has
        all.stream()
                .filter(SingleConnectionDataSource.class::isInstance)
                .forEach(single -> first.remove(JdbcClient.create(single)
                        .sql(H2 + " where session_id = session_id()")
                        .query(String.class)
                        .single()));
        await("the pools' first connections are gone").until(() -> {
            // a pool that is still filling itself knows some of them later
            all.forEach(RetiredConnections::evict);
            return Collections.disjoint(sessions(jdbc), first);
        });
    }

    private static void evict(DataSource dataSource) {
        try {
            if (dataSource.isWrapperFor(HikariDataSource.class)) {
                HikariPoolMXBean pool =
                        dataSource.unwrap(HikariDataSource.class).getHikariPoolMXBean();
                if (pool != null) {
                    pool.softEvictConnections();
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Set<String> sessions(JdbcClient jdbc) {
        return jdbc.sql(TestDatabase.isPostgres() ? POSTGRESQL : H2)
                .query(String.class)
                .set();
    }
}
