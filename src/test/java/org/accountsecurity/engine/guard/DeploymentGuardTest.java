package org.accountsecurity.engine.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.accountsecurity.ApplicationTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@ApplicationTest
class DeploymentGuardTest {

    @Autowired
    DeploymentGuard guard;

    @Test
    @DisplayName("what is shipped passes")
    void whatIsShippedPasses() throws IOException {
        assertThat(guard.findings(shipped())).isEmpty();
    }

    static Map<String, byte[]> shipped() throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        for (String folder : new String[] {"processes", "forms"}) {
            try (Stream<Path> found = Files.list(Path.of(folder))) {
                for (Path file : found.toList()) {
                    files.put(file.getFileName().toString(), Files.readAllBytes(file));
                }
            }
        }
        return files;
    }
}
