package org.accountsecurity.deregistration.export;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import org.accountsecurity.text.Messages;
import org.springframework.web.util.HtmlUtils;

/** A section of the page: a heading and a table. */
class HtmlRecords extends RecordFile {

    /** Rows of one table: more than that no phone scrolls through, and the other files have them all. */
    static final int SHOWN = 2_000;

    private final Writer page;
    private final String label;
    private final String file;

    HtmlRecords(Writer page, String label, String file) {
        this.page = page;
        this.label = label;
        this.file = file;
    }

    @Override
    void begin() throws IOException {
        heading();
        page.write("<table>\n<thead><tr>");
        for (String column : columns()) {
            page.write("<th>" + escaped(column) + "</th>");
        }
        page.write("</tr></thead>\n<tbody>\n");
    }

    @Override
    void write(List<String> values) throws IOException {
        if (records() > SHOWN) {
            return;
        }
        page.write("<tr>");
        for (int i = 0; i < values.size(); i++) {
            page.write("<td data-label=\"" + escaped(columns().get(i)) + "\">" + escaped(values.get(i)) + "</td>");
        }
        page.write("</tr>\n");
    }

    @Override
    void end() throws IOException {
        String key = records() > SHOWN ? "export.first-records" : "export.all-records";
        page.write("</tbody>\n</table>\n<p>" + Messages.text(key, "count", records(), "shown", SHOWN, "file", file)
                + "</p>\n</section>\n");
    }

    @Override
    void none() throws IOException {
        heading();
        page.write("<p>" + Messages.text("export.no-records") + "</p>\n</section>\n");
    }

    private void heading() throws IOException {
        page.write("<section>\n<h2>" + escaped(label) + "</h2>\n");
    }

    private static String escaped(String text) {
        return text == null ? "" : HtmlUtils.htmlEscape(text, "UTF-8");
    }
}
