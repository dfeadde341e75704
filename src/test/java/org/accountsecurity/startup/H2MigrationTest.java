package org.accountsecurity.startup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.accountsecurity.testing.RetiredConnections;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The demo's database in its file, and what its conditions do once the first connections are gone. */
class H2MigrationTest {

    @TempDir
    Path folder;

    @Test
    @DisplayName("a new database keeps its conditions")
    void aNewDatabaseKeepsItsConditions() {
        demo().run(context -> {
            RetiredConnections.retire(context);

            assertConditionsHold(context.getBean(JdbcClient.class));
        });
    }

    private ApplicationContextRunner demo() {
        return new ApplicationContextRunner()
                .withInitializer(new ConfigDataApplicationContextInitializer())
                .withConfiguration(AutoConfigurations.of(
                        DataSourceAutoConfiguration.class,
                        FlywayAutoConfiguration.class,
                        JdbcTemplateAutoConfiguration.class,
                        JdbcClientAutoConfiguration.class))
                .withUserConfiguration(H2Migration.class)
                .withPropertyValues(
                        "spring.profiles.active=demo",
                        // open throughout, as by the connections that a pool keeps while others retire
                        "spring.datasource.url=" + url() + ";DB_CLOSE_DELAY=-1");
    }

    private String url() {
        return "jdbc:h2:file:" + folder.resolve("account-security");
    }

    private static void assertConditionsHold(JdbcClient jdbc) {
        assertThat(jdbc.sql("update account set status = 'CLOSING' where id = 'acct-10001'")
                        .update())
                .isOne();
        assertThat(jdbc.sql("update shop_order set status = 'COMPLETED' where account_id = 'acct-10002'")
                        .update())
                .isEqualTo(2);
        assertThat(jdbc.sql("update subscription set status = 'CANCELLED'").update())
                .isEqualTo(2);
        assertThat(jdbc.sql("update linked_login set provider = 'QQ'").update()).isEqualTo(3);
    }
}
