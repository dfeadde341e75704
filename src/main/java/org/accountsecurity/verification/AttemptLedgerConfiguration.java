package org.accountsecurity.verification;

import com.zaxxer.hikari.HikariDataSource;
import java.util.Properties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The second connection pool, for {@link AttemptLedger} alone. */
@Configuration(proxyBeanMethods = false)
class AttemptLedgerConfiguration {

    static final String POOL = "independentCommits";

    private static final int CONNECTIONS = 4;
    private static final int PATIENCE_MILLISECONDS = 5_000;

    @Bean(name = POOL, defaultCandidate = false)
    HikariDataSource independentCommits(DataSourceProperties properties, Environment environment) {
        HikariDataSource pool = properties
                .initializeDataSourceBuilder()
                .type(HikariDataSource.class)
                .build();
        pool.setPoolName("independent-commits");
        pool.setMaximumPoolSize(CONNECTIONS);
        pool.setMinimumIdle(1);
        pool.setConnectionTimeout(PATIENCE_MILLISECONDS);
        // a lost connection is noticed as soon as in the main pool
        Binder.get(environment)
                .bind("spring.datasource.hikari.data-source-properties", Properties.class)
                .ifBound(pool::setDataSourceProperties);
        return pool;
    }
}
