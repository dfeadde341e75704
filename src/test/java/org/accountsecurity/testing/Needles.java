package org.accountsecurity.testing;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Looks for texts in every column of every table, in byte arrays too. */
public final class Needles {

    private static final List<Charset> CHARSETS =
            List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE);

    private Needles() {}

    /** Where the needles are, as {@code TABLE.COLUMN: needle}, outside of these tables. */
    public static List<String> find(JdbcClient jdbc, Collection<String> needles, Set<String> notIn) {
        List<String> found = new ArrayList<>();
        jdbc
                .sql("select table_name from information_schema.tables where table_schema = current_schema")
                .query(String.class)
                .list()
                .stream()
                .filter(table -> !notIn.contains(table.toLowerCase(Locale.ROOT)))
                .forEach(table -> jdbc.sql("select * from \"" + table + "\"").query().listOfRows().stream()
                        .flatMap(row -> row.entrySet().stream())
                        .forEach(cell -> needles.stream()
                                .filter(needle -> holds(cell, needle))
                                .forEach(needle -> found.add(table + "." + cell.getKey() + ": " + needle))));
        return found;
    }

    private static boolean holds(Map.Entry<String, Object> cell, String needle) {
        if (cell.getValue() instanceof byte[] bytes) {
            return CHARSETS.stream().anyMatch(charset -> new String(bytes, charset).contains(needle));
        }
        return cell.getValue() != null && cell.getValue().toString().contains(needle);
    }
}
