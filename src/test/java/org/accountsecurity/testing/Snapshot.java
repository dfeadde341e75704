package org.accountsecurity.testing;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Every row of every table but those of sessions, to compare before and after. */
public record Snapshot(Map<String, List<String>> rowsByTable) {

    public static Snapshot of(JdbcClient jdbc) {
        return of(
                jdbc,
                jdbc.sql("select table_name from information_schema.tables where table_schema = current_schema"
                                + " and lower(table_name) not like 'spring_session%'")
                        .query(String.class)
                        .list());
    }

    /** Every row of these tables. */
    public static Snapshot of(JdbcClient jdbc, Collection<String> tables) {
        Map<String, List<String>> rows = new TreeMap<>();
        tables.forEach(table -> rows.put(
                table,
                jdbc.sql("select * from \"" + table + "\"").query().listOfRows().stream()
                        .map(Snapshot::text)
                        .sorted()
                        .toList()));
        return new Snapshot(rows);
    }

    /** The tables whose rows are others now. */
    public List<String> changedSince(Snapshot before) {
        return rowsByTable.entrySet().stream()
                .filter(table -> !table.getValue().equals(before.rowsByTable().get(table.getKey())))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static String text(Map<String, Object> row) {
        Map<String, Object> readable = new TreeMap<>(row);
        readable.replaceAll((column, value) -> value instanceof byte[] bytes ? Arrays.hashCode(bytes) : value);
        return readable.toString();
    }
}
