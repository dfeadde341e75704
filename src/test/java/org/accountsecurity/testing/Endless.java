package org.accountsecurity.testing;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A body that goes on until nobody takes any more of it. */
public final class Endless {

    /** More than the buffers on the way hold; a reader without a limit takes it all. */
    public static final long MOST = 64L << 20;

    private static final int PIECE = 1 << 16;

    private final String beginning;
    private final AtomicLong written = new AtomicLong();
    private final CountDownLatch ended = new CountDownLatch(1);

    public Endless(String beginning) {
        this.beginning = beginning;
    }

    public void to(HttpExchange call, int status) throws IOException {
        call.sendResponseHeaders(status, 0);
        byte[] piece = "x".repeat(PIECE).getBytes(StandardCharsets.UTF_8);
        try {
            OutputStream body = call.getResponseBody();
            body.write(beginning.getBytes(StandardCharsets.UTF_8));
            while (written.get() < MOST) {
                body.write(piece);
                written.addAndGet(piece.length);
            }
        } finally {
            ended.countDown();
        }
    }

    /** How many bytes were taken, once it is over. */
    public long written() throws InterruptedException {
        if (!ended.await(20, TimeUnit.SECONDS)) {
            throw new AssertionError("somebody still reads");
        }
        return written.get();
    }
}
