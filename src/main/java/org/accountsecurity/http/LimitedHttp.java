package org.accountsecurity.http;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Calls a service with a limit on the time and the size of the whole answer. */
public final class LimitedHttp {

    private LimitedHttp() {}

    /**
     * Waits for the last byte of the answer; the timeout of the JDK's client covers only the headers.
     *
     * @param bytes of the largest body that a success may have, 0 where none is wanted; of any other answer none is
     * @throws HttpTimeoutException if the time was over first
     * @throws AnswerTooLargeException if the body is larger
     */
    public static HttpResponse<byte[]> send(HttpClient http, HttpRequest request, Duration timeout, int bytes)
            throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> answer = http.sendAsync(request, info -> new LimitedBody(info, bytes));
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("no answer within " + timeout.toMillis() + " ms");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        } finally {
            answer.cancel(true);
        }
    }
}
