package org.accountsecurity.http;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/**
 * Reads the body of a success up to a limit. A body that nobody wants is read but not kept while it is short, so that
 * the connection can be used again.
 */
final class LimitedBody implements HttpResponse.BodySubscriber<byte[]> {

    private static final int UNWANTED = 64 * 1024;

    private final int limit;
    private final boolean wanted;
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private Flow.Subscription subscription;
    private int read;

    LimitedBody(HttpResponse.ResponseInfo answer, int limit) {
        this.wanted = limit > 0 && answer.statusCode() / 100 == 2;
        this.limit = wanted ? limit : UNWANTED;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription bytes) {
        subscription = bytes;
        bytes.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> bytes) {
        if (body.isDone()) {
            return;
        }
        for (ByteBuffer some : bytes) {
            read += some.remaining();
            if (read > limit) {
                subscription.cancel();
                breakOff(new AnswerTooLargeException(limit + " bytes"));
                return;
            }
            if (wanted) {
                byte[] copy = new byte[some.remaining()];
                some.get(copy);
                taken.writeBytes(copy);
            }
        }
        subscription.request(1);
    }

    @Override
    public void onError(Throwable failure) {
        breakOff(failure);
    }

    /** A body that nobody wants may be incomplete: the status is enough. */
    private void breakOff(Throwable failure) {
        if (wanted) {
            body.completeExceptionally(failure);
        } else {
            body.complete(new byte[0]);
        }
    }

    @Override
    public void onComplete() {
        body.complete(taken.toByteArray());
    }
}
