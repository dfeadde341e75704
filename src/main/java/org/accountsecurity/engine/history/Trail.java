package org.accountsecurity.engine.history;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** What one transaction did to the instances of a request, in the order in which it came to them. */
record Trail(Instant passedAt, List<Passage> passages) {

    /** Marks between the ids of activities, none of which begins so. */
    static final String STARTED = "+";

    static final String ENDED = ".";
    static final String CANCELLED = "-";

    static Trail of(Instant passedAt, String steps) {
        return new Trail(passedAt, steps.lines().map(Passage::of).toList());
    }

    /** An activity that was completed or cancelled. */
    record Step(String activity, boolean cancelled) {

        private static Step of(String mark) {
            boolean cancelled = mark.startsWith(CANCELLED);
            return new Step(cancelled ? mark.substring(CANCELLED.length()) : mark, cancelled);
        }
    }

    /** The steps of one instance, in the order in which they ended. */
    record Passage(String instance, String process, int version, boolean started, boolean ended, List<Step> steps) {

        private static Passage of(String line) {
            List<String> parts = List.of(line.split(" "));
            List<String> marks = parts.subList(2, parts.size());
            String definition = parts.get(1);
            int colon = definition.lastIndexOf(':');
            return new Passage(
                    parts.get(0),
                    definition.substring(0, colon),
                    Integer.parseInt(definition.substring(colon + 1)),
                    marks.contains(STARTED),
                    marks.contains(ENDED),
                    marks.stream()
                            .filter(mark -> Stream.of(STARTED, ENDED).noneMatch(mark::equals))
                            .map(Step::of)
                            .toList());
        }
    }
}
