package org.accountsecurity.deregistration.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipFile;
import org.apache.commons.csv.CSVFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On PostgreSQL: the caches of a database in the same process would take part of the heap for themselves. */
class LargeExportIT {

    private static final int MEBIBYTE = 1 << 20;
    private static final int ADDITIONAL_HEAP = 64;
    private static final int PLENTY = 512;
    private static final long PATIENCE_MINUTES = 10;

    @TempDir
    Path folder;

    @Test
    @DisplayName("an account with 100,000 orders is exported and downloaded within 64 MiB of additional heap")
    void aLargeAccountIsExportedWithinItsHeap() throws IOException, InterruptedException {
        Path export = folder.resolve("account-data.zip");
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            String database = postgres.getJdbcUrl("postgres", "postgres");
            int baseline = baseline(run(PLENTY, database));

            run(baseline + ADDITIONAL_HEAP, database, export.toString());
        }

        assertThat(Files.size(export) / MEBIBYTE)
                .as("it could not have been held in memory")
                .isGreaterThan(ADDITIONAL_HEAP);
        assertThat(recordsInJson(export)).isEqualTo(3 + LargeExport.ORDERS);
        assertThat(recordsInCsv(export)).isEqualTo(1 + 3 + LargeExport.ORDERS);
    }

    /** Runs the application with a heap of so many MiB, and by the one collector that uses it to its end. */
    private String run(int heap, String... arguments) throws IOException, InterruptedException {
        Path output = folder.resolve("output.log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap + "m",
                "-XX:+UseSerialGC",
                // starts in half the time
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                LargeExport.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(new File("target"))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES))
                    .as("it ended")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue())
                .as("with a heap of %s MiB:%n%s", heap, Files.readString(output))
                .isZero();
        return Files.readString(output);
    }

    /** In whole MiB, rounded down. */
    private static int baseline(String output) {
        return output.lines()
                .filter(line -> line.startsWith(LargeExport.BASELINE))
                .mapToInt(line -> (int) (Long.parseLong(line.substring(LargeExport.BASELINE.length())) / MEBIBYTE))
                .findFirst()
                .orElseThrow();
    }

    private static long recordsInJson(Path export) throws IOException {
        try (ZipFile zip = new ZipFile(export.toFile());
                InputStream file = zip.getInputStream(zip.getEntry("orders.json"));
                JsonParser json = new JsonFactory().createParser(file)) {
            long records = 0;
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                records += token == JsonToken.END_OBJECT ? 1 : 0;
            }
            return records;
        }
    }

    private static long recordsInCsv(Path export) throws IOException {
        try (ZipFile zip = new ZipFile(export.toFile());
                InputStream file = zip.getInputStream(zip.getEntry("orders.csv"))) {
            return CSVFormat.RFC4180.parse(new InputStreamReader(file, StandardCharsets.UTF_8)).stream()
                    .count();
        }
    }
}
