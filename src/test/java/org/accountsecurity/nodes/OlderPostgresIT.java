package org.accountsecurity.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.jar.JarFile;
import java.util.stream.IntStream;
import org.accountsecurity.testing.Depth;
import org.accountsecurity.testing.Rows;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The versions of PostgreSQL that are supported beside the one that all other tests run on. */
class OlderPostgresIT {

    @TempDir
    Path folder;

    /** The oldest, and in depth those between it and the newest. */
    static IntStream versions() {
        return Depth.isFull() ? IntStream.of(14, 15, 16) : IntStream.of(14);
    }

    @ParameterizedTest(name = "PostgreSQL {0}")
    @MethodSource("versions")
    @DisplayName("a phone change and a deregistration on an older PostgreSQL")
    void aPhoneChangeAndADeregistration(int version) throws IOException, InterruptedException, JoseException {
        try (Cluster cluster = new Cluster(folder.resolve("database"), (system, architecture) -> binaries(version))) {
            Rows rows = new Rows(cluster.jdbc());
            rows.update("insert into account (id, status, version, phone, password_hash)"
                    + " values ('acct-1', 'ACTIVE', 1, '13700137001', '{noop}password')");

            StubbornHolder holder = new StubbornHolder(cluster, rows, "acct-1", 1);
            holder.changePhone("13700137002");
            holder.deregister();

            assertThat(rows.text("show server_version")).startsWith(version + ".");
            assertThat(rows.texts("select outcome from holder_request order by outcome"))
                    .containsExactly("EndEvent_AccountDeregistered", "EndEvent_PhoneChanged");
        }
    }

    private static InputStream binaries(int version) {
        Path binaries = Path.of("target/older-postgres", "postgres-" + version + ".jar");
        try (JarFile jar = new JarFile(binaries.toFile())) {
            return new ByteArrayInputStream(jar.getInputStream(jar.getEntry("postgres-linux-x86_64.txz"))
                    .readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
