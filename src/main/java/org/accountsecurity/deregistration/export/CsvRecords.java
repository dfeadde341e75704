package org.accountsecurity.deregistration.export;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * RFC 4180, with the mark that lets Excel read Chinese, and nothing in it that a spreadsheet would run: a cell that begins
 * as a formula does, white space aside, gets an apostrophe in front. Numbers with a sign are no formulas: -12.50 and
 * +86 13800138000 stay as they are.
 */
class CsvRecords extends RecordFile {

    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final Pattern FORMULA =
            Pattern.compile("[\\t\\r\\n].*|[\\p{Z}\\p{C}]*[=+\\-@＝＋－＠].*", Pattern.DOTALL);
    private static final Pattern SIGNED_NUMBER = Pattern.compile("[+-]\\d+( \\d+)*(\\.\\d+)?");

    private final DataArchive archive;
    private final String entry;
    private CSVPrinter csv;

    CsvRecords(DataArchive archive, String file) {
        this.archive = archive;
        this.entry = file + ".csv";
    }

    @Override
    void begin() throws IOException {
        OutputStreamWriter out = new OutputStreamWriter(archive.open(entry), StandardCharsets.UTF_8);
        out.write(BYTE_ORDER_MARK);
        csv = new CSVPrinter(out, CSVFormat.RFC4180);
        write(columns());
    }

    @Override
    void write(List<String> values) throws IOException {
        for (String value : values) {
            csv.print(harmless(value));
        }
        csv.println();
    }

    @Override
    void end() throws IOException {
        csv.flush();
        archive.closeEntry();
    }

    static String harmless(String cell) {
        return cell != null
                        && FORMULA.matcher(cell).matches()
                        && !SIGNED_NUMBER.matcher(cell).matches()
                ? "'" + cell
                : cell;
    }
}
