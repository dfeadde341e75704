package org.accountsecurity.shop.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.accountsecurity.http.AnswerTooLargeException;

/**
 * Ends a stream that is silent for too long, has too long a line, or does not end. The reader is asked after each read
 * whether to go on.
 */
final class LimitedStream extends FilterInputStream {

    private final Duration pause;
    private final int line;
    private final long bytes;
    private final Runnable goOn;
    private long taken;
    private long lineBegan;
    private volatile boolean silent;

    /**
     * @param line the bytes of the longest line
     * @param bytes of the whole
     * @param goOn throws when the rest is no longer wanted
     */
    LimitedStream(InputStream stream, Duration pause, int line, long bytes, Runnable goOn) {
        super(stream);
        this.pause = pause;
        this.line = line;
        this.bytes = bytes;
        this.goOn = goOn;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        CompletableFuture<Void> alarm =
                new CompletableFuture<Void>().completeOnTimeout(null, pause.toMillis(), TimeUnit.MILLISECONDS);
        alarm.thenRun(this::giveUp);
        int read;
        try {
            read = super.read(buffer, offset, length);
        } catch (IOException e) {
            throw silent ? new HttpTimeoutException("silent") : e;
        } finally {
            alarm.cancel(false);
        }
        if (silent) {
            throw new HttpTimeoutException("silent");
        }
        for (int i = 0; i < read; i++) {
            taken++;
            if (taken - lineBegan > line + 1L) {
                throw new AnswerTooLargeException(line + " bytes in a line");
            }
            if (buffer[offset + i] == '\n') {
                lineBegan = taken;
            }
        }
        if (taken > bytes) {
            throw new AnswerTooLargeException(bytes + " bytes");
        }
        goOn.run();
        return read;
    }

    /** The JDK's client wakes a waiting reader when another thread closes the stream. */
    private void giveUp() {
        silent = true;
        try {
            super.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
