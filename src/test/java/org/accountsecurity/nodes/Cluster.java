package org.accountsecurity.nodes;

import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.accountsecurity.AccountSecurityApplication;
import org.accountsecurity.command.Migrate;
import org.accountsecurity.testing.FakeSmsGateway;
import org.accountsecurity.testing.RequiredArguments;
import org.jose4j.lang.JoseException;
import org.springframework.core.io.FileSystemResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/**
 * Two nodes on one PostgreSQL, behind a TCP proxy, with an SMS gateway: each in a process or on a socket of its own, set
 * up as docs/operations says, with a role that owns the schema and one that may not change it.
 */
final class Cluster implements AutoCloseable {

    /** Of a lock that a killed node leaves; in milliseconds. */
    private static final int LOCK_TIME = 5_000;

    private static final String DATABASE = "account_security";
    private static final String OWNER = "account_security_owner";
    private static final String APPLICATION = "account_security";
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int CONNECTIONS = 10;
    private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(2);

    private final Path data;
    private final PgBinaryResolver binaries;
    private final int databasePort = ForkedApplication.freePort();
    private final FakeSmsGateway gateway = new FakeSmsGateway();
    private final List<String> settings = new ArrayList<>();
    private final int[] ports = {ForkedApplication.freePort(), ForkedApplication.freePort()};
    private final ForkedApplication[] nodes = new ForkedApplication[ports.length];
    private final TcpProxy proxy;

    private EmbeddedPostgres postgres;
    private HikariDataSource database;

    Cluster(Path data) throws IOException, InterruptedException, JoseException {
        this(data, DefaultPostgresBinaryResolver.INSTANCE);
    }

    /** @param binaries of the version of PostgreSQL */
    Cluster(Path data, PgBinaryResolver binaries) throws IOException, InterruptedException, JoseException {
        this.data = data;
        this.binaries = binaries;
        startDatabase();
        this.proxy = new TcpProxy(databasePort);
        script(superuser(), "postgresql-roles.sql");
        this.database = pool();
        script(database, "postgresql-grants.sql");
        settings.addAll(List.of(RequiredArguments.and(
                "--spring.datasource.url=jdbc:postgresql://localhost:" + proxy.port() + "/" + DATABASE,
                "--account-security.sms.url=" + gateway.url(),
                "--camunda.bpm.job-execution.lock-time-in-millis=" + LOCK_TIME,
                "--camunda.bpm.job-execution.max-wait=1000",
                "--server.forward-headers-strategy=native",
                // the clients of this test speak plain HTTP
                "--server.servlet.session.cookie.secure=false")));
        try (ForkedApplication migration = fork(Migrate.class, ForkedApplication.freePort(), "postgres", OWNER)) {
            if (migration.ended() != 0) {
                throw new AssertionError("the migration failed:\n" + migration.output());
            }
        }
        for (int node = 0; node < ports.length; node++) {
            launch(node);
        }
        for (int node = 0; node < ports.length; node++) {
            awaitReady(node);
        }
    }

    FakeSmsGateway gateway() {
        return gateway;
    }

    int port(int node) {
        return ports[node];
    }

    ForkedApplication node(int node) {
        return nodes[node];
    }

    /** Reads and writes as the shop itself does, past the proxy. */
    JdbcClient jdbc() {
        return JdbcClient.create(database);
    }

    DataSource database() {
        return database;
    }

    /** Starts a node, or starts it again, and does not wait for it. */
    void launch(int node) {
        nodes[node] = fork(AccountSecurityApplication.class, ports[node], "postgres,no-ddl", APPLICATION);
    }

    void awaitReady(int node) {
        await("node " + node + " is ready").atMost(PATIENCE).until(() -> {
            nodes[node].started();
            return nodes[node].ready();
        });
    }

    /** Ends the database as its operator does, breaking all connections, and starts it again. */
    void restartDatabase() throws IOException {
        postgres.close();
        startDatabase();
        database.getHikariPoolMXBean().softEvictConnections();
    }

    /** Cuts every connection to the database. */
    int cutConnections() {
        return proxy.cut();
    }

    private void startDatabase() throws IOException {
        postgres = EmbeddedPostgres.builder()
                .setPgBinaryResolver(binaries)
                .setPort(databasePort)
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setServerConfig("jit", "off")
                .start();
    }

    /** The clients ask it all the time; a connection for each question would cost more than what they ask of the nodes. */
    private HikariDataSource pool() {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(postgres.getJdbcUrl(OWNER, DATABASE));
        pool.setMaximumPoolSize(CONNECTIONS);
        pool.setMinimumIdle(0);
        // soon back after a restart
        pool.setConnectionTimeout(CONNECTION_TIMEOUT.toMillis());
        return pool;
    }

    private DataSource superuser() {
        return postgres.getPostgresDatabase();
    }

    private static void script(DataSource database, String file) {
        new ResourceDatabasePopulator(new FileSystemResource("docs/operations/" + file)).execute(database);
    }

    private ForkedApplication fork(Class<?> main, int port, String profiles, String role) {
        return new ForkedApplication(
                main,
                port,
                Stream.concat(
                                Stream.of(
                                        "--spring.profiles.active=" + profiles, "--spring.datasource.username=" + role),
                                settings.stream())
                        .toList());
    }

    @Override
    public void close() {
        for (ForkedApplication node : nodes) {
            if (node != null) {
                node.kill();
            }
        }
        gateway.close();
        try {
            proxy.close();
            database.close();
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
