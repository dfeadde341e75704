package org.accountsecurity.attack;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.accountsecurity.testing.Snapshot;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Looks after every request whether anything has changed. H2 numbers the modifications of a table, so that rows are read
 * again only when one of those numbers has moved.
 */
final class Watch {

    private final JdbcClient jdbc;
    private final Map<String, Long> modifications = new HashMap<>();
    private final Map<String, List<String>> rows = new HashMap<>();

    Watch(JdbcClient jdbc) {
        this.jdbc = jdbc;
        begin();
    }

    /** Takes what there is now as unchanged. */
    void begin() {
        Map<String, Long> now = modifications();
        rows.putAll(Snapshot.of(jdbc, moved(now)).rowsByTable());
        modifications.putAll(now);
    }

    /** The tables whose rows are others than at the beginning. */
    List<String> changed() {
        return Snapshot.of(jdbc, moved(modifications())).changedSince(new Snapshot(rows));
    }

    private List<String> moved(Map<String, Long> now) {
        return now.keySet().stream()
                .filter(table -> !now.get(table).equals(modifications.get(table)))
                .toList();
    }

    private Map<String, Long> modifications() {
        return jdbc
                .sql("select table_name, last_modification from information_schema.tables"
                        + " where table_schema = current_schema and lower(table_name) not like 'spring_session%'")
                .query((row, number) -> Map.entry(row.getString(1), row.getLong(2)))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
