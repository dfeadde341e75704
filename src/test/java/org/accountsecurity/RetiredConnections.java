package org.accountsecurity;

import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Ends the connections that the pools have opened so far, as their lifetime does after half an hour. */
final class RetiredConnections {

    private RetiredConnections() {}

    static void retire(ApplicationContext context) throws SQLException {
        JdbcClient jdbc = context.getBean(JdbcClient.class);
        Set<Integer> first = sessions(jdbc);
        for (DataSource dataSource : context.getBeansOfType(DataSource.class).values()) {
            if (!dataSource.isWrapperFor(HikariDataSource.class)) {
                // is no pool and keeps what it has
                first.remove(JdbcClient.create(dataSource)
                        .sql("select session_id()")
                        .query(Integer.class)
                        .single());
            } else if (dataSource.unwrap(HikariDataSource.class).isRunning()) {
                dataSource.unwrap(HikariDataSource.class).getHikariPoolMXBean().softEvictConnections();
            }
        }
        await("the pools' first connections are gone").until(() -> Collections.disjoint(sessions(jdbc), first));
    }

    private static Set<Integer> sessions(JdbcClient jdbc) {
        return jdbc.sql(
                        TestDatabase.isPostgres()
                                ? "select pid from pg_stat_activity where datname = current_database()"
                                : "select session_id from information_schema.sessions")
                .query(Integer.class)
                .set();
    }
}
