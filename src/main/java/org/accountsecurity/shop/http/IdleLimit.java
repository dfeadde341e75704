package org.accountsecurity.shop.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Gives up a stream that is silent for too long; one that goes on may take as long as it needs. */
final class IdleLimit extends FilterInputStream {

    private final Duration limit;
    private volatile boolean silent;

    IdleLimit(InputStream stream, Duration limit) {
        super(stream);
        this.limit = limit;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        CompletableFuture<Void> alarm =
                new CompletableFuture<Void>().completeOnTimeout(null, limit.toMillis(), TimeUnit.MILLISECONDS);
        alarm.thenRun(this::giveUp);
        int read;
        try {
            read = super.read(bytes, offset, length);
        } catch (IOException e) {
            throw silent ? new HttpTimeoutException("silent") : e;
        } finally {
            alarm.cancel(false);
        }
        if (silent) {
            throw new HttpTimeoutException("silent");
        }
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
