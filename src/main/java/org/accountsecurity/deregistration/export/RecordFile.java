package org.accountsecurity.deregistration.export;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.accountsecurity.shop.RecordSink;

/** Writes the records of one data set in one format, each as it comes. */
abstract class RecordFile implements RecordSink {

    private List<String> columns;
    private long records;

    /** Called before the first record. */
    abstract void begin() throws IOException;

    /** Called for each record; there are as many values as columns. */
    abstract void write(List<String> values) throws IOException;

    /** Called after the last record. */
    abstract void end() throws IOException;

    /** Called instead if the data set has columns, but holds no record. */
    void none() throws IOException {}

    @Override
    public final void columns(List<String> names) {
        if (columns != null) {
            throw new IllegalStateException("the columns are named twice");
        }
        columns = List.copyOf(names);
    }

    @Override
    public final void record(List<String> values) {
        if (columns == null || values.size() != columns.size()) {
            throw new IllegalStateException("a record does not have the columns that were named");
        }
        try {
            if (records++ == 0) {
                begin();
            }
            write(values);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    final void finish() throws IOException {
        if (records > 0) {
            end();
        } else if (columns != null) {
            none();
        }
    }

    final List<String> columns() {
        return columns;
    }

    final long records() {
        return records;
    }
}
