package org.accountsecurity.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Every contender against every other, round by round, and what a piece of work leaves behind. */
final class Race {

    private static final int COUNTED = 10;

    private final Field field;
    private final Settings settings;
    private final List<Block> blocks = new ArrayList<>();
    /** By contender and work. */
    private final Map<String, JsonNode> counts = new TreeMap<>();

    private final Map<String, Map<String, Kept>> kept = new TreeMap<>();

    /** What one piece of work leaves in a table, in rows and bytes, indexes included. */
    record Kept(double rows, double bytes) {}

    Race(Field field, Settings settings) {
        this.field = field;
        this.settings = settings;
    }

    /** The name under which {@link #counts} and {@link #kept} have something. */
    static String key(Kind kind, Work work) {
        return kind.label() + ", " + work.label();
    }

    List<Block> blocks() {
        return blocks;
    }

    Map<String, JsonNode> counts() {
        return counts;
    }

    /** By contender and work, for each table. */
    Map<String, Map<String, Kept>> kept() {
        return kept;
    }

    void run() {
        Kind.RACE.forEach(field::contender);
        for (int round = 1; round <= settings.rounds(); round++) {
            for (int clients : settings.clients()) {
                for (Kind kind : field.order(round + clients)) {
                    for (Work work : Work.values()) {
                        blocks.add(field.block(round, field.contender(kind), work, clients, settings.count()));
                        Progress.tell(blocks.get(blocks.size() - 1));
                    }
                }
            }
        }
        for (Kind kind : Kind.RACE) {
            for (Work work : Work.values()) {
                count(kind, work);
                keep(kind, work);
            }
        }
    }

    private void count(Kind kind, Work work) {
        ContenderProcess contender = field.contender(kind);
        counts.put(key(kind, work), contender.ask("count", work, COUNTED, contender.holders(COUNTED)));
    }

    static double each(JsonNode counts, String what) {
        return counts.path(what).asDouble() / COUNTED;
    }

    private void keep(Kind kind, Work work) {
        ContenderProcess contender = field.contender(kind);
        int first = contender.holders(settings.kept());
        Map<String, Long> before = contender.database().rows();
        contender.ask("race", work, 2, settings.kept(), first);
        Map<String, Kept> more = new TreeMap<>();
        contender.database().rows().forEach((table, rows) -> {
            double each = (rows - before.get(table)) / (double) settings.kept();
            if (each > 0) {
                more.put(table, new Kept(each, each * contender.database().bytesOfARow(table)));
            }
        });
        kept.put(key(kind, work), more);
    }
}
