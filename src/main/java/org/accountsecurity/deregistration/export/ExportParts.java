package org.accountsecurity.deregistration.export;

import java.io.OutputStream;
import java.util.Arrays;

/** Cuts what is written into parts, so that no more than one of them is in memory. */
final class ExportParts extends OutputStream {

    static final int PART = 256 * 1024;

    private final Parts taker;
    private final byte[] part = new byte[PART];
    private int filled;
    private int parts;
    private long bytes;

    /** Where the parts go. */
    interface Parts {
        void take(int number, byte[] content);
    }

    ExportParts(Parts taker) {
        this.taker = taker;
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
                handOver();
            }
        }
    }

    @Override
    public void close() {
        if (filled > 0) {
            handOver();
        }
    }

    /** How many have been written, complete once it is closed. */
    long bytes() {
        return bytes;
    }

    private void handOver() {
        bytes += filled;
        taker.take(++parts, Arrays.copyOf(part, filled));
        filled = 0;
    }
}
