package org.accountsecurity.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.accountsecurity.command.Migrate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** What compose.yaml and the Dockerfile say, against the files and classes that there are. */
class ComposeTest {

    private static Map<String, Map<String, Object>> services;

    @BeforeAll
    @SuppressWarnings("unchecked")
    static void read() throws IOException {
        try (Reader file = Files.newBufferedReader(Path.of("compose.yaml"))) {
            Map<String, Object> compose = new Yaml().load(file);
            services = (Map<String, Map<String, Object>>) compose.get("services");
        }
    }

    @Test
    @DisplayName("there are a database, its migration, two nodes that may not change the schema, and a proxy to both")
    void thereAreTwoNodes() throws IOException {
        assertThat(services).containsOnlyKeys("database", "migrate", "node-1", "node-2", "proxy");
        assertThat((List<?>) services.get("migrate").get("entrypoint")).last().isEqualTo(Migrate.class.getName());
        for (String node : List.of("node-1", "node-2")) {
            assertThat(services.get(node).toString())
                    .contains("SPRING_PROFILES_ACTIVE=${SHOP:-demo},postgres,no-ddl")
                    .contains("SPRING_DATASOURCE_USERNAME=account_security,");
        }
        assertThat(Files.readString(Path.of("docs/operations/Caddyfile")))
                .contains("reverse_proxy node-1:8080 node-2:8080", "/actuator/health/readiness");
    }

    @Test
    @DisplayName("every image is pinned")
    void everyImageIsPinned() throws IOException {
        Stream<String> ours = Files.readAllLines(Path.of("Dockerfile")).stream()
                .filter(line -> line.startsWith("FROM "))
                .map(line -> line.split(" ")[1]);
        Stream<String> others = services.values().stream()
                .filter(service -> !service.containsKey("build"))
                .map(service -> (String) service.get("image"));

        assertThat(Stream.concat(ours, others)).hasSize(4).allMatch(image -> image.matches("[a-z-]+:\\d+\\.\\d+.*"));
    }

    @Test
    @DisplayName("every file that is mounted exists")
    void everyFileExists() {
        assertThat(services.values().stream()
                        .flatMap(service -> ((List<?>) service.getOrDefault("volumes", List.of())).stream())
                        .map(volume -> volume.toString().split(":")[0])
                        .filter(source -> source.startsWith("./")))
                .hasSize(4)
                .allMatch(source -> Files.isRegularFile(Path.of(source)));
    }

    @Test
    @DisplayName("a checkout on Windows has the line endings that the containers need")
    void aCheckoutOnWindowsHasTheLineEndings(@TempDir Path folder) throws IOException, InterruptedException {
        Files.copy(Path.of(".gitattributes"), folder.resolve(".gitattributes"));
        Path script = folder.resolve("postgresql-init.sh");
        Files.copy(Path.of("docs/operations/postgresql-init.sh"), script);
        git(folder, "init", "-q");
        git(folder, "add", ".");
        Files.delete(script);

        git(folder, "-c", "core.autocrlf=true", "checkout-index", "--all", "--force");

        assertThat(Files.readString(script)).doesNotContain("\r");
    }

    private static void git(Path folder, String... arguments) throws IOException, InterruptedException {
        Process git = new ProcessBuilder(
                        Stream.concat(Stream.of("git"), Stream.of(arguments)).toList())
                .directory(folder.toFile())
                .inheritIO()
                .start();
        assertThat(git.waitFor()).isZero();
    }
}
