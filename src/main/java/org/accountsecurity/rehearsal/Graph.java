package org.accountsecurity.rehearsal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/** What walks have seen: which choices there are where, and where each has led to. */
final class Graph {

    private final Map<String, Set<String>> choices = new LinkedHashMap<>();
    private final Map<String, Map<String, Set<String>>> moves = new HashMap<>();

    void offer(String marking, Set<String> keys) {
        choices.computeIfAbsent(marking, any -> new LinkedHashSet<>()).addAll(keys);
    }

    void moved(String from, String key, String to) {
        moves.computeIfAbsent(from, any -> new LinkedHashMap<>())
                .computeIfAbsent(key, any -> new LinkedHashSet<>())
                .add(to);
    }

    boolean moved(String from, String key) {
        return moves.getOrDefault(from, Map.of()).containsKey(key);
    }

    /** Whether a choice has left everything where it was. */
    boolean mayStay(String key) {
        return moves.entrySet().stream()
                .anyMatch(from -> from.getValue().getOrDefault(key, Set.of()).contains(from.getKey()));
    }

    /**
     * A way to a choice.
     *
     * @param first what to choose now
     * @param wanted what to choose at its end
     */
    record Plan(String first, String wanted) {}

    /** The shortest known way to where a choice is wanted. */
    Optional<Plan> towards(String from, BiPredicate<String, String> wanted) {
        Deque<String> next = new ArrayDeque<>(Set.of(from));
        Map<String, String> first = new HashMap<>();
        Set<String> seen = new HashSet<>(Set.of(from));
        while (!next.isEmpty()) {
            String marking = next.remove();
            for (String key : choices.getOrDefault(marking, Set.of())) {
                if (wanted.test(marking, key)) {
                    return Optional.of(new Plan(first.getOrDefault(marking, key), key));
                }
            }
            moves.getOrDefault(marking, Map.of())
                    .forEach((key, markings) -> markings.forEach(to -> {
                        if (seen.add(to)) {
                            first.put(to, first.getOrDefault(marking, key));
                            next.add(to);
                        }
                    }));
        }
        return Optional.empty();
    }

    /** Whether a known way leads to where everything has ended. */
    boolean leadsToAnEnd(String from) {
        Deque<String> next = new ArrayDeque<>(Set.of(from));
        Set<String> seen = new HashSet<>(Set.of(from));
        while (!next.isEmpty()) {
            String marking = next.remove();
            if (marking.endsWith(" " + Walk.END)) {
                return true;
            }
            moves.getOrDefault(marking, Map.of())
                    .values()
                    .forEach(markings -> markings.stream().filter(seen::add).forEach(next::add));
        }
        return false;
    }
}
