package org.accountsecurity.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.accountsecurity.engine.rehearsal.RehearsalFinding;
import org.accountsecurity.engine.rehearsal.RehearsalProcess;
import org.accountsecurity.engine.rehearsal.RehearsalReport;
import org.accountsecurity.engine.rehearsal.RehearsalSettings;
import org.accountsecurity.text.Messages;
import org.accountsecurity.text.Sentence;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.core.env.StandardEnvironment;

/**
 * Checks and rehearses diagrams, tables and forms as a deployment does, in a separate process. The arguments are
 * folders and files, by default {@code processes} and {@code forms}. Exit code 0 if they may be deployed, otherwise 1.
 */
public final class CheckModels {

    private static final Duration TIME_LIMIT = Duration.ofMinutes(5);
    private static final String HEAP = "512m";

    private CheckModels() {}

    public static void main(String... paths) throws IOException {
        List<Sentence> refusal = new ArrayList<>();
        Map<String, byte[]> files = read(paths.length == 0 ? List.of("processes", "forms") : List.of(paths), refusal);
        StandardEnvironment environment = new StandardEnvironment();
        ConfigDataEnvironmentPostProcessor.applyTo(environment);
        RehearsalReport report;
        try (RehearsalProcess process = new RehearsalProcess(HEAP, RehearsalSettings.in(environment))) {
            report = process.rehearse(
                    files, TIME_LIMIT, steps -> System.err.print("\r" + Messages.text("check.steps", "steps", steps)));
        }
        System.err.println();
        refusal.addAll(report.reasons());
        if (refusal.isEmpty()) {
            System.out.println(Messages.text("check.accepted", "files", files.size()));
        } else {
            System.out.println(Messages.text("check.refused"));
            refusal.forEach(System.out::println);
        }
        if (!report.warnings().isEmpty()) {
            System.out.println(Messages.text("check.warnings"));
            report.warnings().stream().map(RehearsalFinding::line).forEach(System.out::println);
        }
        System.exit(refusal.isEmpty() ? 0 : 1);
    }

    private static Map<String, byte[]> read(List<String> paths, List<Sentence> refusal) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        for (String path : paths) {
            try (Stream<Path> found = Files.walk(Path.of(path))) {
                for (Path file : found.filter(Files::isRegularFile).toList()) {
                    String name = file.getFileName().toString();
                    if (files.put(name, Files.readAllBytes(file)) != null) {
                        refusal.add(Sentence.of("check.file-twice", "file", name));
                    }
                }
            }
        }
        return files;
    }
}
