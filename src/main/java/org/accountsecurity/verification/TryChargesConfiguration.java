package org.accountsecurity.verification;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The small second pool for {@link TryCharges}. */
@Configuration(proxyBeanMethods = false)
class TryChargesConfiguration {

    static final String POOL = "tryChargesDataSource";

    private static final int CONNECTIONS = 4;
    private static final int PATIENCE_MILLISECONDS = 5_000;

    @Bean(name = POOL, defaultCandidate = false)
    HikariDataSource tryChargesDataSource(DataSourceProperties properties) {
        HikariDataSource pool = properties
                .initializeDataSourceBuilder()
                .type(HikariDataSource.class)
                .build();
        pool.setPoolName("try-charges");
        pool.setMaximumPoolSize(CONNECTIONS);
        pool.setMinimumIdle(1);
        pool.setConnectionTimeout(PATIENCE_MILLISECONDS);
        return pool;
    }
}
