package org.accountsecurity.engine.rehearsal;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.accountsecurity.text.Sentence;
import org.springframework.util.FileSystemUtils;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A JVM of its own, with limits, that rehearses files. It inherits the program only: no environment, settings or
 * working directory, so that it knows no database, secret or address.
 */
public final class RehearsalProcess implements AutoCloseable {

    private static final String MAIN = "org.accountsecurity.rehearsal.Rehearse";
    private static final String LAUNCHER = "org.springframework.boot.loader.launch.PropertiesLauncher";
    private static final JsonMapper JSON = new JsonMapper();

    /** The exit code that {@code -XX:+ExitOnOutOfMemoryError} gives. */
    private static final int OUT_OF_MEMORY = 3;

    /** Most characters of output for one request. */
    private static final long MOST_OUTPUT = 20_000_000;

    private final Path folder;
    private final Process process;
    private final BufferedReader answers;
    private final BufferedWriter requests;

    /**
     * Starts the process; requests wait until it is ready.
     *
     * @param heap the size of its heap, such as {@code 384m}
     * @param known the result of {@link RehearsalSettings}
     */
    public RehearsalProcess(String heap, List<String> known) {
        this(MAIN, heap, known);
    }

    RehearsalProcess(String main, String heap, List<String> known) {
        try {
            this.folder = Files.createTempDirectory("rehearsal");
            ProcessBuilder builder = new ProcessBuilder(command(main, heap, known))
                    .directory(folder.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().clear();
            this.process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("the rehearsal's process could not be started", e);
        }
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.requests = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    }

    private static List<String> command(String main, String heap, List<String> known) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-Dstdout.encoding=UTF-8",
                "-Dfile.encoding=UTF-8"));
        boolean fatJar = ClassLoader.getSystemResource(LAUNCHER.replace('.', '/') + ".class") != null;
        if (fatJar) {
            command.add("-Dloader.main=" + main);
        }
        command.addAll(List.of("-cp", classPath(), fatJar ? LAUNCHER : main));
        command.addAll(known);
        return command;
    }

    /** The class path with absolute entries, as its working directory is another one. */
    private static String classPath() {
        String own = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(own.split(File.pathSeparator))
                .filter(entry -> !entry.isEmpty())
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Whether it can take another request. */
    boolean isAlive() {
        return process.isAlive();
    }

    /**
     * Rehearses files.
     *
     * @param progress called with the number of steps so far
     */
    public RehearsalReport rehearse(Map<String, byte[]> files, Duration timeLimit, IntConsumer progress) {
        CompletableFuture<Void> inTime = new CompletableFuture<>();
        inTime.orTimeout(timeLimit.toMillis(), TimeUnit.MILLISECONDS).exceptionally(late -> {
            process.destroyForcibly();
            return null;
        });
        try {
            requests.write(JSON.writeValueAsString(new RehearsalMessage.Request(files)));
            requests.newLine();
            requests.flush();
            long left = MOST_OUTPUT;
            for (String line = answers.readLine(); line != null && left > 0; line = answers.readLine()) {
                left -= line.length();
                RehearsalMessage message = JSON.readValue(line, RehearsalMessage.class);
                if (message.report() != null) {
                    return message.report();
                }
                progress.accept(message.steps());
            }
        } catch (IOException | JacksonException e) {
            // the process has ended; the exit code says why
        } finally {
            inTime.complete(null);
        }
        boolean late = inTime.isCompletedExceptionally();
        int exit = end();
        return RehearsalReport.refused(List.of(
                late
                        ? Sentence.of("rehearsal.too-long", "seconds", timeLimit.toSeconds())
                        : exit == OUT_OF_MEMORY
                                ? Sentence.of("rehearsal.out-of-memory")
                                : Sentence.of("rehearsal.ended", "exit", exit)));
    }

    @Override
    public void close() {
        process.destroyForcibly();
        end();
    }

    /** Its exit code. */
    private int end() {
        // gives a process that has closed its output the time to exit
        process.onExit().completeOnTimeout(null, 1, TimeUnit.SECONDS).join();
        int exit = process.destroyForcibly().onExit().join().exitValue();
        FileSystemUtils.deleteRecursively(folder.toFile());
        return exit;
    }
}
