package org.accountsecurity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.jar.JarFile;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The oldest version of PostgreSQL that is supported. */
class OldestPostgresIT {

    private static final Path BINARIES = Path.of("target/oldest-postgres/oldest-postgres.jar");

    @TempDir
    Path folder;

    @Test
    @DisplayName("a phone change and a deregistration on PostgreSQL 14")
    void aPhoneChangeAndADeregistration() throws IOException, InterruptedException, JoseException {
        try (Cluster cluster = new Cluster(folder.resolve("database"), (system, architecture) -> binaries())) {
            JdbcClient jdbc = cluster.jdbc();
            jdbc.sql("insert into account (id, status, version, phone, password_hash)"
                            + " values ('acct-1', 'ACTIVE', 1, '13700137001', '{noop}password')")
                    .update();

            StubbornHolder holder = new StubbornHolder(cluster, jdbc, "acct-1", 1);
            holder.changePhone("13700137002");
            holder.deregister();

            assertThat(jdbc.sql("show server_version").query(String.class).single())
                    .startsWith("14.");
            assertThat(jdbc.sql("select outcome from holder_request order by outcome")
                            .query(String.class)
                            .list())
                    .containsExactly("EndEvent_AccountDeregistered", "EndEvent_PhoneChanged");
        }
    }

    private static InputStream binaries() {
        try (JarFile jar = new JarFile(BINARIES.toFile())) {
            return new ByteArrayInputStream(jar.getInputStream(jar.getEntry("postgres-linux-x86_64.txz"))
                    .readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
