package org.accountsecurity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.accountsecurity.engine.guard.DeploymentGuard;
import org.accountsecurity.engine.guard.Finding;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Checks diagrams, tables and forms as the deployment guard does, without deploying them: all of these folders and files,
 * by default {@code processes} and {@code forms}. Ends with 0 if they may be deployed, otherwise with 1.
 */
public final class CheckModels {

    private CheckModels() {}

    public static void main(String... paths) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        for (String path : paths.length == 0 ? new String[] {"processes", "forms"} : paths) {
            try (Stream<Path> found = Files.walk(Path.of(path))) {
                for (Path file : found.filter(Files::isRegularFile).toList()) {
                    files.put(file.getFileName().toString(), Files.readAllBytes(file));
                }
            }
        }
        // the beans that models name are those of the application itself, on a database that is gone at the end
        ConfigurableApplicationContext context = SpringApplication.run(
                AccountSecurityApplication.class,
                "--spring.profiles.active=demo",
                "--spring.datasource.url=jdbc:h2:mem:check",
                "--spring.main.banner-mode=off",
                "--server.port=0",
                "--camunda.bpm.auto-deployment-enabled=false",
                "--camunda.bpm.job-execution.enabled=false",
                "--logging.level.root=error");
        List<Finding> findings = context.getBean(DeploymentGuard.class).findings(files);
        if (findings.isEmpty()) {
            System.out.println(files.size() + " 个文件可以部署。");
        } else {
            findings.forEach(System.out::println);
        }
        System.exit(SpringApplication.exit(context, () -> findings.isEmpty() ? 0 : 1));
    }
}
