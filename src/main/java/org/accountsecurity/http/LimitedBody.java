package org.accountsecurity.http;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** The body of a success up to its limit. Where none is wanted nothing is kept, and no more is read than comes at once. */
final class LimitedBody implements HttpResponse.BodySubscriber<byte[]> {

    private final int limit;
    private final boolean wanted;
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private Flow.Subscription subscription;

    LimitedBody(HttpResponse.ResponseInfo answer, int limit) {
        this.limit = limit;
        this.wanted = limit > 0 && answer.statusCode() / 100 == 2;
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
        if (!wanted) {
            subscription.cancel();
            body.complete(new byte[0]);
            return;
        }
        for (ByteBuffer some : bytes) {
            if (taken.size() + some.remaining() > limit) {
                subscription.cancel();
                body.completeExceptionally(new AnswerTooLargeException(limit + " bytes"));
                return;
            }
            byte[] copy = new byte[some.remaining()];
            some.get(copy);
            taken.writeBytes(copy);
        }
        subscription.request(1);
    }

    @Override
    public void onError(Throwable failure) {
        body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        body.complete(taken.toByteArray());
    }
}
