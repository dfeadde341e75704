package org.accountsecurity.benchmark;

import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Fills a database with copies of what a few requests have written to it: every row since a moment, in all tables, with
 * other ids. Only ids of deployments and definitions stay; what must be unique and is no id becomes a hash.
 */
final class Copies {

    private static final String FUNCTION = """
            create or replace function copied(value text, number int, is_unique boolean) returns text
            language sql immutable as $$
                select case
                    when value ~ '[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$'
                    then left(value, length(value) - 36) || md5(right(value, 36) || number)::uuid::text
                    when is_unique then left(md5(value || number) || md5(number || value), length(value))
                    else value end $$
            """;
    private static final String COLUMNS = """
            select a.attname, a.atttypid in ('varchar'::regtype, 'text'::regtype)
                    and a.attname !~ 'def_id|definition_id|deployment_id' as id,
                exists (select 1 from pg_index i where i.indrelid = a.attrelid and i.indisunique
                    and i.indnkeyatts = 1 and i.indkey[0] = a.attnum) as only_one
            from pg_attribute a
            where a.attrelid = ?::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
                and a.attidentity = ''
            """;
    private static final String TABLES = """
            select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
            and relname not in ('act_ge_property', 'act_ru_meter_log', 'new_account')
            """;
    private static final String INDEXES = """
            select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
            from pg_index where indrelid = ?::regclass and not indisunique
            """;

    private final Database database;
    private final JdbcTemplate jdbc;
    private final long mark;

    /** From here on, what is written is what will be copied. */
    Copies(Database database) {
        this.database = database;
        this.jdbc = database.jdbc();
        this.mark = jdbc.queryForObject("select txid_current()", Long.class);
    }

    void make(int number) {
        database.forgetSends();
        jdbc.execute(FUNCTION);
        List<String> script = new ArrayList<>();
        // without foreign keys, which hold in the end
        script.add("set session_replication_role = replica");
        script.add("set maintenance_work_mem = '1GB'");
        List<String> indexes = new ArrayList<>();
        List<String> copied = new ArrayList<>();
        for (String table : jdbc.queryForList(TABLES, String.class)) {
            String written = table + ".xmin::text::bigint > " + mark;
            if (jdbc.queryForObject("select count(*) from " + table + " where " + written, Long.class) == 0) {
                continue;
            }
            jdbc.query(
                    INDEXES,
                    row -> {
                        script.add("drop index " + row.getString("name"));
                        indexes.add(row.getString("definition"));
                    },
                    table);
            List<String> names = new ArrayList<>();
            List<String> values = new ArrayList<>();
            jdbc.query(
                    COLUMNS,
                    row -> {
                        String name = row.getString("attname");
                        names.add(name);
                        String value = table + "." + name;
                        values.add(
                                row.getBoolean("id")
                                        ? "copied(" + value + ", copies.number, " + row.getBoolean("only_one") + ")"
                                        : value);
                    },
                    table);
            copied.add(table);
            script.add("insert into %s (%s) select %s from %s, generate_series(1, %d) as copies (number) where %s"
                    .formatted(table, String.join(", ", names), String.join(", ", values), table, number, written));
        }
        script.addAll(indexes);
        script.add("set session_replication_role = origin");
        jdbc.execute(String.join(";\n", script));
        copied.forEach(table -> jdbc.execute("vacuum analyze " + table));
    }
}
