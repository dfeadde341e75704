package org.accountsecurity.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was measured, as Markdown with plots and as JSON. */
final class Report {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final Path MEMORY = Path.of("/proc/meminfo");
    private static final long KILOBYTES_A_GIGABYTE = 1_048_576;

    private final Settings settings;
    private final StringBuilder markdown = new StringBuilder();
    private final Map<String, Object> json = new LinkedHashMap<>();

    Report(Settings settings, Field field) throws IOException {
        this.settings = settings;
        Map<String, Object> machine = new LinkedHashMap<>();
        machine.put("date", LocalDate.now().toString());
        machine.put("cores", Runtime.getRuntime().availableProcessors());
        machine.put("memory", memory() + " GB");
        machine.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        machine.put("Java", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        machine.put("options of each contender's Java", String.join(" ", settings.jvm()));
        machine.put("PostgreSQL", field.show("server_version"));
        for (String setting : List.of(
                "fsync",
                "synchronous_commit",
                "full_page_writes",
                "shared_buffers",
                "checkpoint_timeout",
                "max_wal_size",
                "jit")) {
            machine.put(setting, field.show(setting));
        }
        machine.put("rounds", settings.rounds());
        machine.put("pieces of work in a block", settings.count());
        machine.put("pieces of work before the first", settings.warmUp());
        json.put("machine", machine);
        Table table = new Table("what", "value");
        machine.forEach((name, value) -> table.row(name, String.valueOf(value)));
        markdown.append("# Benchmark\n\n").append(table);
    }

    private static long memory() throws IOException {
        String total = Files.readAllLines(MEMORY).get(0).replaceAll("\\D", "");
        return Math.round(Long.parseLong(total) / (double) KILOBYTES_A_GIGABYTE);
    }

    void section(String title) {
        markdown.append("\n## ").append(title).append("\n\n");
    }

    void text(Object text) {
        markdown.append(text).append('\n');
    }

    void data(String name, Object value) {
        json.put(name, value);
    }

    void plot(String name, Plot plot) throws IOException {
        Files.writeString(settings.output().resolve(name + ".svg"), plot.svg());
        markdown.append("![](").append(name).append(".svg)\n\n");
    }

    void write() throws IOException {
        Files.writeString(settings.output().resolve("report.md"), markdown);
        Files.writeString(settings.output().resolve("report.json"), JSON.writeValueAsString(json));
        Progress.tell("written to " + settings.output());
    }

    @Override
    public String toString() {
        return markdown.toString();
    }
}
