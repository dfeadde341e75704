package org.accountsecurity;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.accountsecurity.engine.guard.DeploymentGuard;
import org.accountsecurity.engine.guard.Refusal;
import org.accountsecurity.rehearsal.Rehearsals;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Checks diagrams, tables and forms as a deployment does, in an engine that is gone at the end: all of these folders and
 * files, by default {@code processes} and {@code forms}. Ends with 0 if they may be deployed, otherwise with 1.
 */
public final class CheckModels {

    private CheckModels() {}

    public static void main(String... paths) throws IOException {
        List<String> refusal = new ArrayList<>();
        Map<String, byte[]> files = read(paths.length == 0 ? List.of("processes", "forms") : List.of(paths), refusal);
        // the beans that models name are those of the application itself
        SpringApplication application = new SpringApplication(AccountSecurityApplication.class);
        application.addInitializers(new WithoutServer(), Rehearsals.preparation());
        ConfigurableApplicationContext context = application.run(
                "--spring.profiles.active=demo",
                "--spring.datasource.url=jdbc:h2:mem:check",
                "--spring.main.banner-mode=off",
                "--account-security.edit.folder=nothing-to-watch",
                "--camunda.bpm.auto-deployment-enabled=false",
                "--camunda.bpm.job-execution.enabled=false",
                "--logging.level.root=error",
                // its refusal is said below
                "--logging.level.org.camunda=off");
        context.getBean(DeploymentGuard.class).findings(files).forEach(finding -> refusal.add(finding.toString()));
        if (refusal.isEmpty()) {
            deploy(files, context.getBean(RepositoryService.class), refusal);
        }
        if (refusal.isEmpty()) {
            long begun = System.nanoTime();
            try {
                Rehearsals.in(context).rehearse(files, step -> {}).forEach(finding -> refusal.add(finding.toString()));
            } catch (RuntimeException e) {
                e.printStackTrace();
                System.exit(1);
            }
            System.err.println((System.nanoTime() - begun) / 1_000_000 + " ms");
        }
        if (refusal.isEmpty()) {
            System.out.println(files.size() + " 个文件可以部署。");
        } else {
            System.out.println("这些文件不能部署：");
            refusal.forEach(System.out::println);
        }
        System.exit(SpringApplication.exit(context, () -> refusal.isEmpty() ? 0 : 1));
    }

    private static Map<String, byte[]> read(List<String> paths, List<String> refusal) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        for (String path : paths) {
            try (Stream<Path> found = Files.walk(Path.of(path))) {
                for (Path file : found.filter(Files::isRegularFile).toList()) {
                    String name = file.getFileName().toString();
                    if (files.put(name, Files.readAllBytes(file)) != null) {
                        refusal.add(name + " 在两个目录里都有。请删去其中一个，或改名。");
                    }
                }
            }
        }
        return files;
    }

    /** What the guard does not look at, the engine's own parsers do. */
    private static void deploy(Map<String, byte[]> files, RepositoryService repository, List<String> refusal) {
        DeploymentBuilder deployment = repository.createDeployment();
        files.forEach((name, content) -> deployment.addInputStream(name, new ByteArrayInputStream(content)));
        try {
            deployment.deploy();
        } catch (ProcessEngineException e) {
            refusal.add(Refusal.reason(e));
        }
    }
}
