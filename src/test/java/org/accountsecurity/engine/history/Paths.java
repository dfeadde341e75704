package org.accountsecurity.engine.history;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the trails tell of single instances. */
public final class Paths {

    private Paths() {}

    /** The elements at which any instance was completed or cancelled, in that order. */
    public static List<String> passed(JdbcClient jdbc) {
        return steps(passages(jdbc));
    }

    /** The elements at which the instance was completed or cancelled, in that order. */
    public static List<String> passed(JdbcClient jdbc, String instance) {
        return steps(passages(jdbc).filter(passage -> passage.instance().equals(instance)));
    }

    /** Whether the instance has come to its end. */
    public static boolean ended(JdbcClient jdbc, String instance) {
        return passages(jdbc).anyMatch(passage -> passage.instance().equals(instance) && passage.ended());
    }

    /** The versions of its diagram that the instance ran, as {@code process:version}. */
    public static Set<String> versions(JdbcClient jdbc, String instance) {
        return passages(jdbc)
                .filter(passage -> passage.instance().equals(instance))
                .map(passage -> passage.process() + ":" + passage.version())
                .collect(Collectors.toSet());
    }

    /** The last instance of this process that was begun for the request of another one. */
    public static Optional<String> lastBegun(JdbcClient jdbc, String ofTheRequestOf, String process) {
        return jdbc
                .sql("select steps from trail where request_id in"
                        + " (select request_id from trail where steps like ?) order by id")
                .param("%" + ofTheRequestOf + "%")
                .query(String.class)
                .list()
                .stream()
                .flatMap(Paths::passages)
                .filter(passage -> passage.process().equals(process) && passage.started())
                .map(Trail.Passage::instance)
                .reduce((first, second) -> second);
    }

    private static List<String> steps(Stream<Trail.Passage> passages) {
        return passages.flatMap(passage -> passage.steps().stream())
                .map(Trail.Step::activity)
                .toList();
    }

    private static Stream<Trail.Passage> passages(JdbcClient jdbc) {
        return jdbc.sql("select steps from trail order by id").query(String.class).list().stream()
                .flatMap(Paths::passages);
    }

    private static Stream<Trail.Passage> passages(String steps) {
        return Trail.of(null, steps).passages().stream();
    }
}
