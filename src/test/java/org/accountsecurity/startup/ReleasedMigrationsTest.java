package org.accountsecurity.startup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** Databases that run keep the checksum of each migration, and refuse to start with another. */
class ReleasedMigrationsTest {

    private static final Path RESOURCES = Path.of("src/main/resources");
    private static final Path RELEASED = Path.of("src/test/resources/released-migrations.txt");

    @TempDir
    Path edited;

    @Test
    @DisplayName("a migration that was released is as it was released")
    void aReleasedMigrationIsAsItWasReleased() throws IOException, NoSuchAlgorithmException {
        assertThat(changed(Files.readAllLines(RELEASED), RESOURCES)).isEmpty();
    }

    @Test
    @DisplayName("one that was edited or deleted since would be found")
    void aChangedOneWouldBeFound() throws IOException, NoSuchAlgorithmException {
        String schema = "db/migration/V1__schema.sql";
        String vendor = "db/vendor/h2/V2__logins_and_obligors.sql";
        List<String> released = new ArrayList<>(List.of("# a comment"));
        try (Stream<Path> files = Files.walk(RESOURCES.resolve("db"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                released.add(checksum(file) + "  "
                        + RESOURCES.relativize(file).toString().replace('\\', '/'));
            }
        }
        FileSystemUtils.copyRecursively(RESOURCES.resolve("db"), edited.resolve("db"));
        assertThat(released).anyMatch(line -> line.endsWith(schema)).anyMatch(line -> line.endsWith(vendor));
        assertThat(changed(released, edited)).isEmpty();

        Files.writeString(edited.resolve(schema), Files.readString(edited.resolve(schema)) + " ");
        Files.delete(edited.resolve(vendor));

        assertThat(changed(released, edited)).containsExactlyInAnyOrder(schema, vendor);
    }

    private static List<String> changed(List<String> released, Path resources)
            throws IOException, NoSuchAlgorithmException {
        List<String> changed = new ArrayList<>();
        for (String line : released) {
            String[] entry = line.split("  ");
            if (!line.startsWith("#") && !entry[0].equals(checksum(resources.resolve(entry[1])))) {
                changed.add(entry[1]);
            }
        }
        return changed;
    }

    private static String checksum(Path file) throws IOException, NoSuchAlgorithmException {
        return Files.exists(file)
                ? HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)))
                : "none";
    }
}
