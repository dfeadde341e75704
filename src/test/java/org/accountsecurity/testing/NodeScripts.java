package org.accountsecurity.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Runs the scripts of {@code src/test/node} with the libraries of its package.json; without Node the test fails. */
public final class NodeScripts {

    private static final Path SOURCE = Path.of("src/test/node");
    private static final Path FOLDER = Path.of("target/node");
    private static final Path LOCK = FOLDER.resolve("lock");
    private static final Path INSTALLED = FOLDER.resolve("node_modules/.package-lock.json");

    private NodeScripts() {}

    /**
     * The lines that the script writes.
     *
     * @throws AssertionError if it fails
     */
    public static List<String> run(String script, List<String> arguments) throws IOException {
        Files.createDirectories(FOLDER);
        // not both forks of a run at once
        try (FileChannel lock = FileChannel.open(LOCK, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            lock.lock();
            install();
        }
        List<String> command = new ArrayList<>(List.of("node", script));
        command.addAll(arguments);
        return execute(command);
    }

    private static void install() throws IOException {
        try (Stream<Path> files = Files.list(SOURCE)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, FOLDER.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        if (!Files.exists(INSTALLED) || older(INSTALLED, SOURCE.resolve("package-lock.json"))) {
            execute(List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"));
        }
    }

    private static boolean older(Path one, Path other) throws IOException {
        return Files.getLastModifiedTime(one).compareTo(Files.getLastModifiedTime(other)) < 0;
    }

    private static List<String> execute(List<String> command) throws IOException {
        Process process = start(command);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new AssertionError(String.join(" ", command) + " failed:\n" + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return output.lines().toList();
    }

    private static Process start(List<String> command) {
        try {
            return new ProcessBuilder(command)
                    .directory(FOLDER.toFile())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "This test needs Node 20 or newer with npm: install the packages nodejs and npm", e);
        }
    }
}
