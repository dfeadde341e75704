package org.accountsecurity.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * What the tests run on: H2 in memory, or with {@code -Daccount-security.test.database=postgres} a PostgreSQL of their
 * own, which ends with the context, and at the latest with the process.
 */
public class TestDatabase implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    public static boolean isPostgres() {
        return "postgres".equals(System.getProperty("account-security.test.database"));
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        if (!isPostgres()) {
            return;
        }
        try {
            // ended by the context, after everything that may want it still
            EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                    .setRegisterShutdownHook(false)
                    .setServerConfig("jit", "off")
                    .start();
            ((DefaultSingletonBeanRegistry) context.getBeanFactory())
                    .registerDisposableBean("postgres", postgres::close);
            TestPropertyValues.of(
                            "spring.datasource.url=" + postgres.getJdbcUrl("postgres", "postgres"),
                            "spring.datasource.username=postgres",
                            // as in production
                            "spring.datasource.hikari.data-source-properties.reWriteBatchedInserts=true")
                    .applyTo(context);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
