package org.accountsecurity.shop.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.Mockito.mock;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.accountsecurity.shop.AccountStatus;
import org.accountsecurity.testing.Rows;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A plain write of the shop against the commit point, on PostgreSQL, in both orders. */
class ObligationRaceIT {

    private static final String HOLDER = "acct-1";

    private static EmbeddedPostgres postgres;
    private static Rows rows;
    private static TransactionTemplate transaction;
    private static JdbcAccounts accounts;

    enum Obligation {
        ORDER("insert into shop_order (id, account_id, title, amount_fen, status, placed_at)"
                + " values ('order', 'acct-1', '台灯', 3990, 'UNPAID', current_timestamp)"),
        REFUND("update wallet set balance_fen = 3990 where account_id = 'acct-1'"),
        SUBSCRIPTION("insert into subscription (id, account_id, plan, status)"
                + " values ('subscription', 'acct-1', '月卡', 'ACTIVE')");

        private final String write;

        Obligation(String write) {
            this.write = write;
        }
    }

    @BeforeAll
    static void database() throws IOException {
        postgres = EmbeddedPostgres.start();
        var dataSource = postgres.getPostgresDatabase();
        Flyway.configure()
                .dataSource(dataSource)
                .locations("classpath:db/migration", "classpath:db/vendor/postgresql")
                .load()
                .migrate();
        JdbcClient jdbc = JdbcClient.create(dataSource);
        rows = new Rows(jdbc);
        var transactions = new DataSourceTransactionManager(dataSource);
        transaction = new TransactionTemplate(transactions);
        accounts = new JdbcAccounts(jdbc, mock(), transactions, event -> {}, mock());
    }

    @AfterAll
    static void close() throws IOException {
        postgres.close();
    }

    @BeforeEach
    void anAccountThatOwesNothing() {
        for (String table : new String[] {"shop_order", "subscription", "wallet", "account"}) {
            rows.update("delete from " + table);
        }
        rows.update("insert into account (id, status, version) values (?, 'ACTIVE', 1)", HOLDER);
        rows.update("insert into wallet (account_id, balance_fen) values (?, 0)", HOLDER);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("an obligation that was written first and is not committed yet keeps the account open")
    void anObligationThatWasWrittenFirst(Obligation obligation) {
        CountDownLatch written = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        var shop = CompletableFuture.supplyAsync(() -> transaction.execute(status -> {
            rows.update(obligation.write);
            written.countDown();
            wait(go);
            return true;
        }));
        wait(written);
        var closing = CompletableFuture.supplyAsync(ObligationRaceIT::closes);

        awaitALock();
        go.countDown();

        assertThat(shop.join()).isTrue();
        assertThat(closing.join()).isFalse();
        assertThat(status()).isEqualTo(AccountStatus.ACTIVE);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("an obligation that comes while the account is being closed waits, and is refused")
    void anObligationThatComesSecond(Obligation obligation) {
        CountDownLatch locked = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        var closing = CompletableFuture.supplyAsync(() -> transaction.execute(status -> {
            accounts.lock(HOLDER);
            boolean closed = accounts.startClosing(HOLDER);
            locked.countDown();
            wait(go);
            return closed;
        }));
        wait(locked);
        var shop = CompletableFuture.supplyAsync(() -> accepted(obligation));

        awaitALock();
        go.countDown();

        assertThat(closing.join()).isTrue();
        assertThat(shop.join()).isFalse();
        assertThat(status()).isEqualTo(AccountStatus.CLOSING);
        assertThat(obligations()).isZero();
    }

    private static boolean closes() {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            accounts.lock(HOLDER);
            return accounts.startClosing(HOLDER);
        }));
    }

    private static boolean accepted(Obligation obligation) {
        try {
            rows.update(obligation.write);
            return true;
        } catch (DataIntegrityViolationException e) {
            return false;
        }
    }

    private static AccountStatus status() {
        return accounts.find(HOLDER).orElseThrow().status();
    }

    private static long obligations() {
        return rows.number("select (select count(*) from shop_order) + (select count(*) from subscription)"
                + " + (select count(*) from wallet where balance_fen <> 0)");
    }

    private static void awaitALock() {
        await().until(() -> rows.number("select count(*) from pg_stat_activity where wait_event_type = 'Lock'") > 0);
    }

    private static void wait(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
