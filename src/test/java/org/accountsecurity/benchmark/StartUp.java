package org.accountsecurity.benchmark;

import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.accountsecurity.AccountSecurityApplication;

/** How long the application takes to its first page on a database that is there, and what memory it then holds. */
final class StartUp {

    private static final long LOOK_MILLISECONDS = 10;
    private static final long PATIENCE_SECONDS = 60;
    /** Of the classes for tests, what a stock engine needs to start. */
    private static final String BENCHMARK = "org/accountsecurity/(benchmark/.*|notification/SilentGateways.*)";

    private final Field field;
    private final Settings settings;
    private final Report report;
    private final int port;
    private final Map<String, List<Start>> starts = new LinkedHashMap<>();

    private record Start(double seconds, double megabytes, double heapMegabytes) {}

    /** @param command of everything behind the Java executable */
    private record Variant(String name, List<String> command) {}

    StartUp(Field field, Settings settings, Report report) throws IOException {
        this.field = field;
        this.settings = settings;
        this.report = report;
        try (ServerSocket free = new ServerSocket(0)) {
            this.port = free.getLocalPort();
        }
    }

    /** Starts a stock engine. */
    public static void main(String[] settings) {
        ContenderApplication.run(Kind.STOCK, new StatementCount(), List.of(settings));
    }

    void run() throws IOException, InterruptedException {
        String classes = packed();
        Path archive = settings.output().resolve("application.jsa").toAbsolutePath();
        List<String> ours = command(classes, AccountSecurityApplication.class, Kind.OURS);
        Variant archiving = new Variant("archiving", with("-XX:ArchiveClassesAtExit=" + archive, ours));
        start(archiving);
        List<Variant> variants = List.of(
                new Variant("ours", ours),
                new Variant("ours, class data shared", with("-XX:SharedArchiveFile=" + archive, ours)),
                new Variant("stock", command(classes, StartUp.class, Kind.STOCK)));
        for (int round = 0; round < settings.rounds(); round++) {
            for (Variant variant : variants) {
                Start start = start(variant);
                starts.computeIfAbsent(variant.name(), name -> new ArrayList<>())
                        .add(start);
                Progress.tell("%s: first page after %.2f s".formatted(variant.name(), start.seconds()));
            }
        }
        report.section("Start-up to the first page");
        Table table = new Table("who", "s", "share of stock", "memory (RSS), MB", "heap after GC, MB");
        starts.forEach((name, all) -> table.row(
                name,
                Spread.of(all.stream().mapToDouble(Start::seconds)),
                Spread.of(Stream.iterate(0, round -> round + 1)
                        .limit(all.size())
                        .mapToDouble(round -> all.get(round).seconds()
                                / starts.get("stock").get(round).seconds())),
                Spread.of(all.stream().mapToDouble(Start::megabytes)).median(),
                Spread.of(all.stream().mapToDouble(Start::heapMegabytes)).median()));
        report.text(table);
        report.data("start-up", starts);
    }

    private static List<String> with(String option, List<String> command) {
        return Stream.concat(Stream.of(option), command.stream()).toList();
    }

    private List<String> command(String classes, Class<?> main, Kind kind) {
        List<String> command = new ArrayList<>(List.of("-Xmx512m", "-cp", classes, main.getName()));
        command.addAll(
                ContenderApplication.settings(field.contender(kind).database().url(), port));
        return command;
    }

    private Start start(Variant variant) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(variant.command());
        command.add(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
        long begun = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(settings.output().resolve("start-up.log").toFile())
                .start();
        try {
            while (!answers()) {
                if (!process.isAlive()) {
                    throw new IllegalStateException(variant.name() + " has ended; its log says why");
                }
                Thread.sleep(LOOK_MILLISECONDS);
            }
            double seconds = (System.nanoTime() - begun) / 1e9;
            double resident =
                    number(Files.readString(Path.of("/proc", process.pid() + "", "status")), "VmRSS:\\s+(\\d+)");
            jcmd(process.pid(), "GC.run");
            double heap = number(jcmd(process.pid(), "GC.heap_info"), "used (\\d+)K");
            return new Start(seconds, resident / 1024, heap / 1024);
        } finally {
            process.destroy();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
    }

    private boolean answers() {
        try {
            HttpURLConnection page = (HttpURLConnection)
                    URI.create("http://localhost:" + port + "/login").toURL().openConnection();
            return page.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException e) {
            return false;
        }
    }

    private static String jcmd(long pid, String command) throws IOException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), pid + "", command)
                .start();
        return new String(jcmd.getInputStream().readAllBytes());
    }

    private static double number(String text, String pattern) {
        var matcher = Pattern.compile(pattern).matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException("no " + pattern);
        }
        return Double.parseDouble(matcher.group(1));
    }

    /** The class path, with a jar in the place of each directory: only those can be archived. */
    private String packed() throws IOException {
        List<String> packed = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(":")) {
            packed.add(Files.isDirectory(Path.of(entry)) ? jar(Path.of(entry)) : entry);
        }
        return packed.stream().filter(entry -> !entry.isEmpty()).collect(Collectors.joining(":"));
    }

    private String jar(Path directory) throws IOException {
        Path jar = settings.output().resolve(directory.getFileName() + ".jar").toAbsolutePath();
        boolean tests = directory.endsWith("test-classes");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out);
                Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.toList()) {
                String name = directory.relativize(file).toString();
                if (Files.isDirectory(file) && !tests && !name.isEmpty()) {
                    entries.putNextEntry(new ZipEntry(name + "/"));
                } else if (Files.isRegularFile(file) && (!tests || name.matches(BENCHMARK))) {
                    entries.putNextEntry(new ZipEntry(name));
                    Files.copy(file, entries);
                }
            }
        }
        return jar.toString();
    }
}
