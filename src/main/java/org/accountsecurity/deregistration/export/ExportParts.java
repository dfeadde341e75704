package org.accountsecurity.deregistration.export;

import java.io.OutputStream;
import java.util.Arrays;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Cuts what is written into rows of the table, so that no more than one of them is in memory. */
final class ExportParts extends OutputStream {

    static final int PART = 256 * 1024;

    private final JdbcClient jdbc;
    private final String requestId;
    private final byte[] part = new byte[PART];
    private int filled;
    private int parts;
    private long bytes;

    ExportParts(JdbcClient jdbc, String requestId) {
        this.jdbc = jdbc;
        this.requestId = requestId;
    }

    @Override
    public void write(int single) {
        write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) {
        for (int written = 0; written < length; ) {
            int fits = Math.min(length - written, PART - filled);
            System.arraycopy(source, offset + written, part, filled, fits);
            filled += fits;
            written += fits;
            if (filled == PART) {
                insert();
            }
        }
    }

    @Override
    public void close() {
        if (filled > 0) {
            insert();
        }
    }

    /** How many have been written, complete once it is closed. */
    long bytes() {
        return bytes;
    }

    private void insert() {
        jdbc.sql("insert into data_export_part (request_id, number, content) values (?, ?, ?)")
                .params(requestId, ++parts, Arrays.copyOf(part, filled))
                .update();
        bytes += filled;
        filled = 0;
    }
}
