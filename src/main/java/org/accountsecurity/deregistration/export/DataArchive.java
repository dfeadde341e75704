package org.accountsecurity.deregistration.export;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.accountsecurity.shop.DataSet;
import org.accountsecurity.shop.DataSetFailedException;
import org.accountsecurity.text.Messages;

/**
 * The zip that a holder takes along: a page to read, and each data set as JSON and as CSV. Every file asks the data sets
 * again, so that no record stays in memory.
 */
final class DataArchive implements AutoCloseable {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
    private static final String HEAD = """
            <!doctype html>
            <html lang="%s">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>%s</title>
            <style>
            body { margin: 0 auto; padding: 1rem; max-width: 60rem; color: #1d2420; font: 16px/1.6 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }
            h1 { font-size: 1.5rem; }
            h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; }
            table { width: 100%%; border-collapse: collapse; }
            th, td { padding: .4rem .5rem; border-bottom: 1px solid #d5dcd8; text-align: left; vertical-align: top; overflow-wrap: anywhere; white-space: pre-line; }
            @media (max-width: 40rem) {
            thead { display: none; }
            tr { display: block; padding: .5rem 0; border-bottom: 1px solid #87938d; }
            td { display: flex; gap: 1rem; border: 0; padding: .15rem 0; }
            td::before { content: attr(data-label); flex: 0 0 7rem; color: #5b6660; }
            }
            </style>
            </head>
            <body>
            <h1>%s</h1>
            <p>%s</p>
            """;
    private static final String TAIL = """
            <p>%s</p>
            </body>
            </html>
            """;

    private final ZipOutputStream zip;
    private final LocalDateTime time;
    private final Runnable watch;

    /** @param watch is asked for each record, and throws once the archive is not wanted any more */
    DataArchive(OutputStream out, LocalDateTime time, Runnable watch) {
        this.zip = new ZipOutputStream(out);
        this.time = time;
        this.watch = watch;
    }

    /**
     * A data set in the archive.
     *
     * @param file the name of its files without the ending, in ASCII so that every system can unpack them
     */
    record Section(DataSet dataSet, String label, String file) {}

    /** Writes all that the data sets give out of the account; one that gives nothing has no files. */
    void write(String accountId, List<Section> sections) throws IOException {
        Writer page = new BufferedWriter(new OutputStreamWriter(open("index.html"), StandardCharsets.UTF_8));
        String title = Messages.text("export.title");
        String madeAt = Messages.text("export.made-at", "time", TIME.format(time));
        page.write(HEAD.formatted(Messages.language().toLanguageTag(), title, title, madeAt));
        for (Section section : sections) {
            copy(accountId, section, new HtmlRecords(page, section.label(), section.file()));
        }
        page.write(TAIL.formatted(Messages.text("export.formulas")));
        page.flush();
        closeEntry();
        for (Section section : sections) {
            copy(accountId, section, new CsvRecords(this, section.file()));
            copy(accountId, section, new JsonRecords(this, section.file()));
        }
    }

    OutputStream open(String entry) throws IOException {
        ZipEntry file = new ZipEntry(entry);
        file.setTimeLocal(time);
        zip.putNextEntry(file);
        return zip;
    }

    void closeEntry() throws IOException {
        zip.closeEntry();
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    /** @throws NotCopiedException without a cause, which may quote a record: what it says is logged */
    private void copy(String accountId, Section section, RecordFile file) throws IOException {
        try {
            section.dataSet().export(accountId, new WatchedSink(file, watch));
        } catch (NotCopiedException e) {
            throw e;
        } catch (DataSetFailedException e) {
            throw new NotCopiedException(e.getMessage());
        } catch (RuntimeException e) {
            throw new NotCopiedException("the data set " + section.dataSet().name() + " was not exported: "
                    + e.getClass().getSimpleName());
        }
        file.finish();
    }
}
