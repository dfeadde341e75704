package org.accountsecurity.shop.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import org.accountsecurity.shop.Account;
import org.accountsecurity.testing.Rows;
import org.accountsecurity.testing.TestDatabase;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** What becomes of accounts that were there before every login was one account's. */
class LoginsMigrationTest {

    private static EmbeddedPostgres postgres;

    private SingleConnectionDataSource database;
    private JdbcClient jdbc;
    private Rows rows;

    @BeforeAll
    static void start() throws IOException {
        postgres = TestDatabase.isPostgres() ? EmbeddedPostgres.start() : null;
    }

    @AfterAll
    static void stop() throws IOException {
        if (postgres != null) {
            postgres.close();
        }
    }

    @BeforeEach
    void installTheVersionBefore() {
        String name = "logins_" + UUID.randomUUID().toString().replace('-', '_');
        if (postgres == null) {
            database = new SingleConnectionDataSource("jdbc:h2:mem:" + name, "sa", "", true);
        } else {
            JdbcClient.create(postgres.getPostgresDatabase())
                    .sql("create database " + name)
                    .update();
            database = new SingleConnectionDataSource(postgres.getJdbcUrl("postgres", name), true);
        }
        jdbc = JdbcClient.create(database);
        rows = new Rows(jdbc);
        migrate("18?");
    }

    @AfterEach
    void close() {
        database.destroy();
    }

    @Test
    @DisplayName(
            "of accounts with one mail address the active one with the first id keeps it, the others log in by phone")
    void theFirstActiveAccountKeepsTheMailAddress() {
        insert("acct-1", "LOCKED", "13800138001", "zhang@example.com");
        insert("acct-2", "ACTIVE", "13800138002", "Zhang@example.com");
        insert("acct-3", "ACTIVE", "13800138003", "ZHANG@EXAMPLE.COM");
        insert("acct-4", "ACTIVE", "13800138004", "li@example.com");

        migrate("latest");

        assertThat(loggedIn("zhang@EXAMPLE.com")).contains("acct-2");
        assertThat(loggedIn("13800138003")).contains("acct-3");
        assertThat(loggedIn("Li@example.com")).contains("acct-4");
        assertThat(rows.text("select mail from account where id = 'acct-3'")).isEqualTo("ZHANG@EXAMPLE.COM");
        assertThatThrownBy(() -> insert("acct-5", "ACTIVE", "13800138005", "LI@example.com"))
                .isInstanceOf(DuplicateKeyException.class);
    }

    @Test
    @DisplayName("a mainland number gets the spelling that a typed one gets, and none gets another any more")
    void aNumberGetsTheOneSpelling() {
        insert("acct-1", "ACTIVE", "+8613800138001", null);
        insert("acct-2", "ACTIVE", "0086 138-0013-8002", null);
        insert("acct-3", "ACTIVE", "+85291234567", null);
        insert("acct-4", "CLOSED", null, null);

        migrate("latest");

        assertThat(loggedIn("13800138001")).contains("acct-1");
        assertThat(loggedIn("13800138002")).contains("acct-2");
        assertThat(loggedIn("+852 9123 4567")).contains("acct-3");
        for (String phone : new String[] {"+8613800138005", "138 0013 8005", "010-62345678", "85291234567"}) {
            assertThatThrownBy(() -> insert("acct-5", "ACTIVE", phone, null))
                    .as(phone)
                    .isInstanceOf(DataIntegrityViolationException.class);
        }
    }

    @Test
    @DisplayName("two accounts with one number in two spellings are named, without the number, and nothing is changed")
    void twoAccountsWithOneNumberAreNamed() {
        insert("acct-1", "ACTIVE", "13800138001", null);
        insert("acct-2", "ACTIVE", "+8613800138001", null);

        assertThatThrownBy(() -> migrate("latest"))
                .isInstanceOf(FlywayException.class)
                .hasMessageContaining("a phone number that nobody can log in with. Store a mainland")
                .hasMessageContaining(": acct-2\"")
                .hasMessageNotContaining("13800138001");
        assertThat(rows.text("select phone from account where id = 'acct-2'")).isEqualTo("+8613800138001");
    }

    private Optional<String> loggedIn(String login) {
        return new JdbcAccounts(jdbc, mock(), new JdbcTransactionManager(database), event -> {}, mock())
                .findByLogin(login)
                .map(Account::id);
    }

    private void insert(String id, String status, String phone, String mail) {
        rows.update(
                "insert into account (id, status, version, phone, mail) values (?, ?, 1, ?, ?)",
                id,
                status,
                phone,
                mail);
    }

    private void migrate(String version) {
        Flyway.configure()
                .dataSource(database)
                .locations("classpath:db/migration", "classpath:db/vendor/" + (postgres == null ? "h2" : "postgresql"))
                .target(version)
                .load()
                .migrate();
    }
}
