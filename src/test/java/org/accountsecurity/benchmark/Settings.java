package org.accountsecurity.benchmark;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one run of the benchmark is asked for, as {@code name=value} arguments; {@code quick} alone takes a few minutes.
 *
 * @param parts of the benchmark: race, nodes, growth, start, http
 * @param rounds of the race, in each of which every contender runs with every number of clients
 * @param count of pieces of work, of each kind, in one block
 * @param clients at once
 * @param warmUp pieces of work before anything is measured
 * @param kept pieces of work from which rows and bytes are counted
 * @param finished requests of the growth part
 * @param timers outstanding in the growth part
 * @param codes that expire at once
 * @param orders of the accounts that are exported and erased
 * @param jvm options of the contenders
 */
record Settings(
        Set<String> parts,
        int rounds,
        int count,
        List<Integer> clients,
        int warmUp,
        int kept,
        int finished,
        int timers,
        int codes,
        List<Integer> orders,
        List<String> jvm,
        Path output) {

    private static final Map<String, String> FULL = Map.ofEntries(
            Map.entry("parts", "race,nodes,growth,start,http"),
            Map.entry("rounds", "5"),
            Map.entry("count", "60"),
            Map.entry("clients", "1,4,8"),
            Map.entry("warmup", "100"),
            Map.entry("kept", "100"),
            Map.entry("finished", "300000"),
            Map.entry("timers", "100000"),
            Map.entry("codes", "10000"),
            Map.entry("orders", "10,1000,100000"),
            Map.entry("jvm", "-Xms1g,-Xmx1g"),
            Map.entry("output", "target/benchmark"));
    private static final Map<String, String> QUICK = Map.of(
            "parts", "race",
            "rounds", "2",
            "count", "20",
            "clients", "1,4",
            "warmup", "40",
            "kept", "20",
            "finished", "3000",
            "timers", "1000",
            "codes", "200",
            "orders", "10,1000");

    static Settings of(String... arguments) {
        Map<String, String> values = new HashMap<>(FULL);
        for (String argument : arguments) {
            if (argument.equals("quick")) {
                values.putAll(QUICK);
            }
        }
        for (String argument : arguments) {
            String[] pair = argument.split("=", 2);
            if (pair.length == 2 && values.replace(pair[0], pair[1]) == null) {
                throw new IllegalArgumentException(argument);
            }
        }
        return new Settings(
                Set.of(values.get("parts").split(",")),
                Integer.parseInt(values.get("rounds")),
                Integer.parseInt(values.get("count")),
                numbers(values.get("clients")),
                Integer.parseInt(values.get("warmup")),
                Integer.parseInt(values.get("kept")),
                Integer.parseInt(values.get("finished")),
                Integer.parseInt(values.get("timers")),
                Integer.parseInt(values.get("codes")),
                numbers(values.get("orders")),
                List.of(values.get("jvm").split(",")),
                Path.of(values.get("output")));
    }

    private static List<Integer> numbers(String list) {
        return Arrays.stream(list.split(",")).map(Integer::valueOf).toList();
    }
}
