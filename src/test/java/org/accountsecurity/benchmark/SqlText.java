package org.accountsecurity.benchmark;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a statement does, to which table. */
final class SqlText {

    private static final Pattern TABLE =
            Pattern.compile("(?i)\\b(insert into|delete from|update|from)\\s+([a-z_0-9]+)(.*)");
    private static final Pattern CONDITION = Pattern.compile("(?i).*?\\bwhere\\s+(.{1,40})");

    private SqlText() {}

    static String shortened(String statement) {
        String text = statement.toLowerCase(Locale.ROOT);
        Matcher table = TABLE.matcher(text);
        if (!table.find()) {
            return text;
        }
        String verb = text.substring(0, Math.max(0, text.indexOf(' ')));
        Matcher condition = CONDITION.matcher(table.group(3));
        return verb + " " + table.group(2)
                + (condition.find() ? " where " + condition.group(1).strip() : "")
                + (text.contains("for update") ? " for update" : "");
    }
}
