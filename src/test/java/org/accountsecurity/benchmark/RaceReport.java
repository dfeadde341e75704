package org.accountsecurity.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** The race as tables and plots. */
final class RaceReport {

    private static final int MOST_STATEMENTS = 40;

    private final Race race;
    private final Settings settings;
    private final Report report;
    /** At which latencies and costs are told. */
    private final int typicalClients;

    RaceReport(Race race, Settings settings, Report report) {
        this.race = race;
        this.settings = settings;
        this.report = report;
        this.typicalClients = settings.clients().contains(4)
                ? 4
                : settings.clients().get(settings.clients().size() - 1);
    }

    void write() throws IOException {
        report.data("race", race.blocks());
        report.section("Processes a second");
        throughput();
        report.section("What a process costs, at " + typicalClients + " clients");
        costs();
        report.section("Latency at " + typicalClients + " clients, in milliseconds: median, 99 %");
        for (Work work : Work.values()) {
            report.text("\n" + work.label() + "\n\n" + latencies(work));
        }
        report.section("What a process leaves behind");
        kept();
        report.section("Statements a process");
        for (Work work : Work.values()) {
            report.text("\n" + work.label() + "\n\n" + statements(work));
        }
    }

    private Stream<Block> blocks(Kind kind, Work work, int clients) {
        return race.blocks().stream()
                .filter(block ->
                        block.contender().equals(kind.label()) && block.work() == work && block.clients() == clients);
    }

    private Spread spread(Kind kind, Work work, int clients, ToDoubleFunction<Block> of) {
        return Spread.of(blocks(kind, work, clients).mapToDouble(of));
    }

    /** Round by round, so that what slows a whole round down changes nothing. */
    private Spread ratio(Kind to, Work work, int clients, ToDoubleFunction<Block> of) {
        return Spread.of(blocks(Kind.OURS, work, clients)
                .mapToDouble(ours -> of.applyAsDouble(ours)
                        / blocks(to, work, clients)
                                .filter(other -> other.round() == ours.round())
                                .mapToDouble(of)
                                .findFirst()
                                .orElseThrow()));
    }

    private void throughput() throws IOException {
        Table table = new Table("work", "clients", "ours", "stock", "floor", "ours / stock", "ours / floor");
        Plot plot = new Plot("Processes a second", "median over the rounds", List.of("processes"));
        for (Work work : Work.values()) {
            for (int clients : settings.clients()) {
                List<Object> row = new ArrayList<>(List.of(work.label(), clients));
                for (Kind kind : Kind.RACE) {
                    double median =
                            spread(kind, work, clients, Block::perSecond).median();
                    row.add(median);
                    plot.bar(work.label() + ", " + clients, kind.label(), median);
                }
                row.add(ratio(Kind.STOCK, work, clients, Block::perSecond));
                row.add(ratio(Kind.FLOOR, work, clients, Block::perSecond));
                table.row(row.toArray());
            }
        }
        report.text(table);
        report.plot("throughput", plot);
    }

    private void costs() throws IOException {
        Table table = new Table("work", "what", "ours", "stock", "floor", "ours / stock", "ours / floor");
        Plot cpu = new Plot("CPU a process", "milliseconds, median", List.of("JVM", "PostgreSQL"));
        Plot wal = new Plot("WAL a process", "kB, median", List.of("WAL"));
        Map<String, ToDoubleFunction<Block>> costs = new LinkedHashMap<>();
        costs.put("CPU, JVM, ms", Block::jvmMillisEach);
        costs.put("CPU, PostgreSQL, ms", Block::postgresMillisEach);
        costs.put("CPU, ms", Block::cpuMillisEach);
        costs.put("WAL, kB", Block::walKilobytesEach);
        for (Work work : Work.values()) {
            costs.forEach((name, of) -> {
                List<Object> row = new ArrayList<>(List.of(work.label(), name));
                for (Kind kind : Kind.RACE) {
                    row.add(spread(kind, work, typicalClients, of).median());
                }
                row.add(ratio(Kind.STOCK, work, typicalClients, of));
                row.add(ratio(Kind.FLOOR, work, typicalClients, of));
                table.row(row.toArray());
            });
            for (String what : List.of("statements", "roundTrips", "transactions", "commits")) {
                double[] each = Kind.RACE.stream()
                        .mapToDouble(kind -> Race.each(race.counts().get(Race.key(kind, work)), what))
                        .toArray();
                table.row(
                        work.label(),
                        what.equals("commits") ? "commits of writes" : what.replace("T", " t"),
                        each[0],
                        each[1],
                        each[2],
                        "%.2f".formatted(each[0] / each[1]),
                        "%.2f".formatted(each[0] / each[2]));
            }
            for (Kind kind : Kind.RACE) {
                cpu.bar(
                        work.label(),
                        kind.label(),
                        spread(kind, work, typicalClients, Block::jvmMillisEach).median(),
                        spread(kind, work, typicalClients, Block::postgresMillisEach)
                                .median());
                wal.bar(
                        work.label(),
                        kind.label(),
                        spread(kind, work, typicalClients, Block::walKilobytesEach)
                                .median());
            }
        }
        report.text(table);
        report.plot("cpu", cpu);
        report.plot("wal", wal);
    }

    private Table latencies(Work work) {
        Map<Kind, Map<String, List<Long>>> all = new LinkedHashMap<>();
        for (Kind kind : Kind.RACE) {
            Map<String, List<Long>> merged = new LinkedHashMap<>();
            blocks(kind, work, typicalClients)
                    .forEach(block -> block.latencies()
                            .forEach((name, numbers) -> merged.computeIfAbsent(name, key -> new ArrayList<>())
                                    .addAll(numbers)));
            all.put(kind, merged);
        }
        Table table = new Table("interaction", "a process", "ours", "stock", "floor");
        Map<String, Map<String, String>> data = new TreeMap<>();
        all.get(Kind.OURS).forEach((name, ours) -> {
            List<Object> row =
                    new ArrayList<>(List.of(name, ours.size() / (double) settings.count() / settings.rounds()));
            for (Kind kind : Kind.RACE) {
                List<Long> numbers = all.get(kind).getOrDefault(name, List.of());
                String text = numbers.isEmpty()
                        ? "–"
                        : "%.1f, %.1f"
                                .formatted(
                                        Spread.percentile(numbers, 50) / 1000.0,
                                        Spread.percentile(numbers, 99) / 1000.0);
                row.add(text);
                data.computeIfAbsent(name, key -> new TreeMap<>()).put(kind.label(), text);
            }
            table.row(row.toArray());
        });
        report.data("latencies of a " + work.label() + ", ms, median and 99 %", data);
        return table;
    }

    private void kept() {
        Table table = new Table("what", "rows", "kB", "of them the engine's rows", "kB");
        Map<String, Object> data = new TreeMap<>();
        race.kept().forEach((what, tables) -> {
            table.row(
                    what,
                    sum(tables, "", Race.Kept::rows),
                    sum(tables, "", Race.Kept::bytes) / 1024,
                    sum(tables, "act_", Race.Kept::rows),
                    sum(tables, "act_", Race.Kept::bytes) / 1024);
            data.put(what, tables);
        });
        report.data("rows and bytes that a process leaves behind", data);
        report.text(table);
    }

    private static double sum(Map<String, Race.Kept> tables, String prefix, ToDoubleFunction<Race.Kept> what) {
        return tables.entrySet().stream()
                .filter(table -> table.getKey().startsWith(prefix))
                .mapToDouble(table -> what.applyAsDouble(table.getValue()))
                .sum();
    }

    private Table statements(Work work) {
        Map<String, double[]> all = new TreeMap<>();
        for (Kind kind : Kind.RACE) {
            JsonNode texts = race.counts().get(Race.key(kind, work)).path("texts");
            texts.fieldNames()
                    .forEachRemaining(text ->
                            all.computeIfAbsent(SqlText.shortened(text), key -> new double[Kind.RACE.size()])[
                                            kind.ordinal()] +=
                                    Race.each(texts, text));
        }
        report.data("statements of a " + work.label(), all);
        Table table = new Table("statement", "ours", "stock", "floor");
        all.entrySet().stream()
                .sorted(Comparator.comparingDouble(entry -> -entry.getValue()[0] - entry.getValue()[1]))
                .limit(MOST_STATEMENTS)
                .forEach(entry -> table.row(
                        "`" + entry.getKey() + "`", entry.getValue()[0], entry.getValue()[1], entry.getValue()[2]));
        return table;
    }
}
