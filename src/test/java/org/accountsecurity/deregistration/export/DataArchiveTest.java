package org.accountsecurity.deregistration.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.accountsecurity.shop.DataSet;
import org.accountsecurity.shop.Erasure;
import org.accountsecurity.shop.Preview;
import org.accountsecurity.shop.RecordSink;
import org.accountsecurity.shop.Treatment;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataArchiveTest {

    private static final LocalDateTime TIME = LocalDateTime.of(2026, 11, 23, 10, 0);
    private static final List<String> COLUMNS = List.of("商品", "备注");
    private static final List<List<String>> RECORDS = List.of(
            List.of("云南小粒咖啡豆 500g", "逗号,引号\"和\"\"两个\"\""),
            List.of("第一行\n第二行\r\n第三行", ""),
            Arrays.asList("<script>alert('x')</script>", null),
            List.of("表情 😀 & 生僻字 𠮷", "\"><img src=x>"));

    @Test
    @DisplayName("JSON has the records as they are, keyed by the columns")
    void jsonHasTheRecordsAsTheyAre() throws IOException {
        JsonNode json =
                new ObjectMapper().readTree(archive(records(COLUMNS, RECORDS)).get("notes.json"));

        assertThat(json).hasSize(RECORDS.size());
        for (int i = 0; i < RECORDS.size(); i++) {
            assertThat(json.get(i).properties().stream().map(Map.Entry::getKey)).containsExactlyElementsOf(COLUMNS);
            assertThat(json.get(i).get("商品").textValue())
                    .isEqualTo(RECORDS.get(i).get(0));
            assertThat(json.get(i).get("备注").textValue())
                    .isEqualTo(RECORDS.get(i).get(1));
        }
    }

    @Test
    @DisplayName("CSV begins with the mark that Excel wants and gives back what was put in")
    void csvGivesBackWhatWasPutIn() throws IOException {
        byte[] csv = archive(records(COLUMNS, RECORDS)).get("notes.csv");

        assertThat(csv).startsWith(0xEF, 0xBB, 0xBF);
        String text = new String(csv, StandardCharsets.UTF_8).substring(1);
        assertThat(text).startsWith("商品,备注\r\n").endsWith("\r\n");
        List<CSVRecord> rows = CSVFormat.RFC4180.parse(new StringReader(text)).getRecords();
        assertThat(rows).hasSize(RECORDS.size() + 1);
        assertThat(rows.get(0).toList()).isEqualTo(COLUMNS);
        for (int i = 0; i < RECORDS.size(); i++) {
            List<String> expected = RECORDS.get(i).stream()
                    .map(value -> value == null ? "" : value)
                    .toList();
            assertThat(rows.get(i + 1).toList()).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @DisplayName("what a spreadsheet would run gets an apostrophe, in CSV alone")
    @ValueSource(
            strings = {
                "=1+1",
                "=HYPERLINK(\"http://example.com\",\"x\")",
                "+SUM(A1:A9)",
                "+1+2",
                "-2+3+cmd|' /C calc'!A0",
                "@SUM(A1)",
                "\tx",
                "\rx",
                "\nx",
                " =1+1",
                "\u00A0=1+1",
                "\u200B@x",
                "＝1+1",
                "-",
                "+86-138"
            })
    void whatASpreadsheetWouldRunGetsAnApostrophe(String cell) throws IOException {
        Map<String, byte[]> files = archive(records(List.of("备注"), List.of(List.of(cell))));

        String csv = new String(files.get("notes.csv"), StandardCharsets.UTF_8).substring(1);
        assertThat(CSVFormat.RFC4180
                        .parse(new StringReader(csv))
                        .getRecords()
                        .get(1)
                        .get(0))
                .isEqualTo("'" + cell);
        assertThat(new ObjectMapper()
                        .readTree(files.get("notes.json"))
                        .get(0)
                        .get("备注")
                        .textValue())
                .isEqualTo(cell);
    }

    @ParameterizedTest
    @DisplayName("numbers, phone numbers and plain text stay as they are")
    @ValueSource(
            strings = {
                "-12.50",
                "+8613800138001",
                "+86 138 0013 8001",
                "-1",
                "12",
                "",
                "云南",
                "a=b",
                "demo@example.com",
                "'x",
                "2026-11-23 10:00"
            })
    void plainValuesStayAsTheyAre(String cell) {
        assertThat(CsvRecords.harmless(cell)).isEqualTo(cell);
    }

    @Test
    @DisplayName("a column's name is no formula either")
    void aColumnsNameIsNoFormulaEither() throws IOException {
        Map<String, byte[]> files = archive(records(List.of("=1+1"), List.of(List.of("x"))));

        assertThat(text(files, "notes.csv")).startsWith("\uFEFF'=1+1\r\n");
    }

    @Test
    @DisplayName("the archive ends with its directory, without which nothing opens it")
    void theArchiveEndsWithItsDirectory() throws IOException {
        assertThat(zipped(records(COLUMNS, RECORDS))).containsSequence('P', 'K', 5, 6);
    }

    @Test
    @DisplayName("the page is escaped and loads nothing")
    void thePageIsEscaped() throws IOException {
        String page = text(archive(records(COLUMNS, RECORDS)), "index.html");

        for (String element : List.of("section", "table", "thead", "tbody", "tr")) {
            assertThat(page.split("<" + element + ">", -1))
                    .hasSameSizeAs(page.split("</" + element + ">", -1))
                    .hasSizeGreaterThan(1);
        }
        assertThat(page)
                .contains("<h2>备注 &lt;b&gt;</h2>", "<th>商品</th>", "云南小粒咖啡豆 500g", "共 4 条")
                .contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;", "&quot;&gt;&lt;img src=x&gt;", "😀", "𠮷")
                .startsWith("<!doctype html>")
                .contains("生成时间：2026-11-23 10:00")
                .contains("CSV 文件可用 Excel 打开")
                .endsWith("</html>\n")
                .doesNotContain("<script", "<img", "<link", "href", "http:", "https:", "url(");
    }

    @Test
    @DisplayName("the page shows the first records of many, the other files have all")
    void thePageShowsTheFirstOfMany() throws IOException {
        Consumer<RecordSink> few = records(List.of("编号"), Collections.nCopies(HtmlRecords.SHOWN, List.of("一")));
        assertThat(text(archive(few), "index.html")).contains("共 " + HtmlRecords.SHOWN + " 条，也在文件");
        int many = HtmlRecords.SHOWN + 3;

        Map<String, byte[]> files = archive(records(List.of("编号"), Collections.nCopies(many, List.of("一"))));

        assertThat(text(files, "index.html").split("<td ", -1)).hasSize(HtmlRecords.SHOWN + 1);
        assertThat(text(files, "index.html")).contains("共 " + many + " 条，这里显示前 " + HtmlRecords.SHOWN + " 条");
        assertThat(text(files, "notes.csv").lines()).hasSize(many + 1);
        assertThat(new ObjectMapper().readTree(files.get("notes.json"))).hasSize(many);
    }

    @Test
    @DisplayName("a data set without records is named on the page and has no files")
    void aDataSetWithoutRecordsHasNoFiles() throws IOException {
        Map<String, byte[]> files = archive(records(COLUMNS, List.of()));

        assertThat(files).containsOnlyKeys("index.html");
        assertThat(text(files, "index.html")).contains("备注 &lt;b&gt;", "没有记录");
    }

    @Test
    @DisplayName("a data set that has no copy to give does not appear")
    void aDataSetWithoutACopyDoesNotAppear() throws IOException {
        Map<String, byte[]> files = archive(sink -> {});

        assertThat(files).containsOnlyKeys("index.html");
        assertThat(text(files, "index.html")).doesNotContain("<h2>");
    }

    @Test
    @DisplayName("every file has the time of the export")
    void everyFileHasTheTimeOfTheExport() throws IOException {
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(zipped(records(COLUMNS, RECORDS))))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                assertThat(entry.getTimeLocal()).isEqualTo(TIME);
            }
        }
    }

    @Test
    @DisplayName("a failure names the data set and quotes no record")
    void aFailureQuotesNoRecord() {
        assertThatThrownBy(() -> archive(sink -> {
                    throw new IllegalArgumentException("13800138001");
                }))
                .hasMessage("the data set notes was not exported: IllegalArgumentException")
                .hasNoCause();
    }

    static Stream<Consumer<RecordSink>> wrongDataSets() {
        return Stream.of(
                sink -> sink.record(List.of("x")),
                sink -> records(COLUMNS, List.of(List.of("x"))).accept(sink),
                sink -> records(COLUMNS, List.of(List.of("x", "y", "z"))).accept(sink),
                sink -> {
                    sink.columns(COLUMNS);
                    sink.columns(COLUMNS);
                });
    }

    @ParameterizedTest
    @DisplayName("records that do not have the columns that were named are no export")
    @org.junit.jupiter.params.provider.MethodSource("wrongDataSets")
    void recordsWithoutTheirColumnsAreNoExport(Consumer<RecordSink> wrong) {
        assertThatThrownBy(() -> archive(wrong)).hasMessageEndingWith("was not exported: IllegalStateException");
    }

    private static Consumer<RecordSink> records(List<String> columns, List<List<String>> records) {
        return sink -> {
            sink.columns(columns);
            records.forEach(sink::record);
        };
    }

    private static String text(Map<String, byte[]> files, String name) {
        return new String(files.get(name), StandardCharsets.UTF_8);
    }

    private static Map<String, byte[]> archive(Consumer<RecordSink> records) throws IOException {
        return files(zipped(records));
    }

    private static byte[] zipped(Consumer<RecordSink> records) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DataArchive archive = new DataArchive(out, TIME, () -> {})) {
            archive.write("acct-1", List.of(new DataArchive.Section(new Notes(records), "备注 <b>", "notes")));
        }
        return out.toByteArray();
    }

    /** The files of a zip by name. */
    static Map<String, byte[]> files(byte[] zipped) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        List<String> names = new ArrayList<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(zipped))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                names.add(entry.getName());
                files.put(entry.getName(), zip.readAllBytes());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.matches("[\\w.-]+"));
        return files;
    }

    private record Notes(Consumer<RecordSink> records) implements DataSet {

        @Override
        public String name() {
            return "notes";
        }

        @Override
        public void export(String accountId, RecordSink sink) {
            records.accept(sink);
        }

        @Override
        public Preview preview(String accountId, Treatment treatment) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Erasure erase(String accountId, Treatment treatment, String requestId) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean verifyErased(String accountId) {
            throw new UnsupportedOperationException();
        }
    }
}
