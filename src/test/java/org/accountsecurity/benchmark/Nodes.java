package org.accountsecurity.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The same work by one node and by two on one database, against what the CPU of one process lets expect. */
final class Nodes {

    private static final int CLIENTS = 8;

    private final Field field;
    private final Settings settings;
    private final Report report;

    /** @param cpuMillis of all nodes and the database, for one process */
    private record Run(double perSecond, double cpuMillis) {}

    Nodes(Field field, Settings settings, Report report) {
        this.field = field;
        this.settings = settings;
        this.report = report;
    }

    void run() {
        ContenderProcess first = field.contender(Kind.OURS);
        ContenderProcess second = field.secondNode(first);
        report.section("One node with %d clients and two nodes with %d each, on the same machine"
                .formatted(CLIENTS, CLIENTS / 2));
        Table table = new Table(
                "work", "nodes", "processes/s", "CPU a process, ms", "processes/s that this CPU allows", "reached");
        Map<String, Object> data = new LinkedHashMap<>();
        int cores = Runtime.getRuntime().availableProcessors();
        for (Work work : Work.values()) {
            List<Run> one = new ArrayList<>();
            List<Run> two = new ArrayList<>();
            for (int round = 0; round < settings.rounds(); round++) {
                Block block = field.block(round, first, work, CLIENTS, settings.count());
                one.add(new Run(block.perSecond(), block.cpuMillisEach()));
                two.add(together(first, second, work));
            }
            for (List<Run> runs : List.of(one, two)) {
                double perSecond =
                        Spread.of(runs.stream().mapToDouble(Run::perSecond)).median();
                double cpu =
                        Spread.of(runs.stream().mapToDouble(Run::cpuMillis)).median();
                double allowed = cores * 1_000 / cpu;
                table.row(
                        work.label(),
                        runs == one ? 1 : 2,
                        perSecond,
                        cpu,
                        allowed,
                        "%.2f".formatted(perSecond / allowed));
            }
            data.put(work.label(), Map.of("one node", one, "two nodes", two));
        }
        report.text(table);
        report.data("nodes", data);
    }

    private Run together(ContenderProcess first, ContenderProcess second, Work work) {
        int half = settings.count() / 2;
        int holder = first.holders(2 * half);
        long cpu = field.cpuMillis(first, second);
        long begun = System.nanoTime();
        CompletableFuture<JsonNode> other =
                CompletableFuture.supplyAsync(() -> second.ask("race", work, CLIENTS / 2, half, holder + half));
        first.ask("race", work, CLIENTS / 2, half, holder);
        other.join();
        double seconds = (System.nanoTime() - begun) / 1e9;
        return new Run(2 * half / seconds, (field.cpuMillis(first, second) - cpu) / (2.0 * half));
    }
}
