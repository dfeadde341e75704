package org.accountsecurity.nodes;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.accountsecurity.AccountSecurityApplication;
import org.awaitility.Awaitility;

/** The application in a process of its own, started as an operator starts it. */
final class ForkedApplication implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration PROBE = Duration.ofSeconds(5);

    /** It starts more often than it works for long, and beside others on few cores. */
    private static final List<String> QUICK_TO_START =
            List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
    /** Where digits are not 0 to 9. */
    private static final List<String> IN_EGYPT = List.of("-Duser.language=ar", "-Duser.country=EG");

    private final Process process;
    private final Path output;
    private final int port;

    ForkedApplication(String... arguments) {
        this(AccountSecurityApplication.class, freePort(), List.of(arguments));
    }

    /**
     * @param main the class to start
     * @param arguments those that begin with {@code -D} are the virtual machine's
     */
    ForkedApplication(Class<?> main, int port, List<String> arguments) {
        this.port = port;
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(QUICK_TO_START);
        command.addAll(IN_EGYPT);
        Map<Boolean, List<String>> forTheVm =
                arguments.stream().collect(Collectors.partitioningBy(argument -> argument.startsWith("-D")));
        command.addAll(forTheVm.get(true));
        command.addAll(List.of("-cp", classes, main.getName(), "--server.port=" + port));
        command.addAll(forTheVm.get(false));
        try {
            this.output = Files.createTempFile("application", ".log");
            this.process = new ProcessBuilder(command)
                    .directory(new File("target"))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static int freePort() {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return port;
    }

    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it answers. */
    ForkedApplication started() {
        Awaitility.await("the application answers").atMost(START).until(() -> {
            if (!process.isAlive()) {
                throw new AssertionError("the application ended:\n" + output());
            }
            try (Socket socket = new Socket("localhost", port)) {
                return socket.isConnected();
            } catch (IOException e) {
                return false;
            }
        });
        return this;
    }

    /** Whether it wants requests, by its readiness probe. */
    boolean ready() {
        try {
            HttpURLConnection probe =
                    (HttpURLConnection) URI.create("http://localhost:" + port + "/actuator/health/readiness")
                            .toURL()
                            .openConnection();
            probe.setReadTimeout((int) PROBE.toMillis());
            probe.setRequestProperty("Connection", "close");
            return probe.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException e) {
            return false;
        }
    }

    /** Waits until it has ended by itself. */
    int ended() throws InterruptedException {
        if (!process.waitFor(START.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("the application goes on:\n" + output());
        }
        return process.exitValue();
    }

    /** SIGTERM: it may finish what it has begun. */
    void terminate() {
        process.destroy();
    }

    /** SIGKILL: it is gone at once. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
