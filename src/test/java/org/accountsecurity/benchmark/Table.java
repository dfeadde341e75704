package org.accountsecurity.benchmark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A table in Markdown, whose first column is text. */
final class Table {

    private final List<String> lines = new ArrayList<>();

    Table(Object... columns) {
        row(columns);
        lines.add("|---|" + "---:|".repeat(columns.length - 1));
    }

    Table row(Object... cells) {
        lines.add(Arrays.stream(cells).map(Table::text).collect(Collectors.joining(" | ", "| ", " |")));
        return this;
    }

    private static String text(Object cell) {
        if (cell instanceof Double number) {
            return Math.abs(number) >= 100 ? "%,.0f".formatted(number) : "%.1f".formatted(number);
        }
        return cell instanceof Number number ? "%,d".formatted(number.longValue()) : String.valueOf(cell);
    }

    @Override
    public String toString() {
        return String.join("\n", lines) + "\n";
    }
}
