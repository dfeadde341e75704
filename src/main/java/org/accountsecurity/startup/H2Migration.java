package org.accountsecurity.startup;

import java.sql.SQLException;
import org.springframework.boot.flyway.autoconfigure.FlywayDataSource;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Migrates H2 over a connection that stays open as long as the application. H2 evaluates {@code in (…)} in a check or a
 * generated column with the session that created it, and a session of the pool ends with its connection's lifetime.
 */
@Configuration(proxyBeanMethods = false)
@Conditional(H2Migration.OnH2.class)
class H2Migration {

    private static final int ALREADY_OPEN = 90020;

    @Bean(defaultCandidate = false)
    @FlywayDataSource
    SingleConnectionDataSource migrationConnection(DataSourceProperties properties) throws SQLException {
        SingleConnectionDataSource connection = new SingleConnectionDataSource(
                properties.determineUrl(), properties.determineUsername(), properties.determinePassword(), true);
        connection.setDriverClassName(properties.determineDriverClassName());
        try {
            connection.initConnection();
        } catch (SQLException e) {
            if (e.getErrorCode() == ALREADY_OPEN) {
                throw new StartRefusedException(
                        "Another process has the database "
                                + properties.determineUrl().split(";")[0] + " open.",
                        "Stop it, or set spring.datasource.url to another file.");
            }
            throw e;
        }
        return connection;
    }

    static class OnH2 implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return RequiredSettings.isH2(context.getEnvironment());
        }
    }
}
