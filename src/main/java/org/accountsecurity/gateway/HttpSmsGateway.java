package org.accountsecurity.gateway;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import javax.net.ssl.SSLHandshakeException;
import org.accountsecurity.http.LimitedHttp;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.json.JsonMapper;

/** Posts a message to one SMS gateway; anything but a clear success in time is a failure. */
class HttpSmsGateway {

    private static final JsonMapper JSON = new JsonMapper();
    /** Answers of a proxy that does not know whether the gateway behind it took the request. */
    private static final int BAD_GATEWAY = 502;

    private static final int GATEWAY_TIMEOUT = 504;
    /** The largest answer that is read. */
    private static final int ANSWER_BYTES = 64 * 1024;

    private final SmsGatewaySettings settings;
    private final BodyTemplate template;
    private final JsonPointer success;
    private final HttpClient http;
    private final Clock clock;

    HttpSmsGateway(SmsGatewaySettings settings, Clock clock) {
        this.settings = settings;
        this.template = BodyTemplate.of(settings.body());
        this.success = settings.success() == null
                ? null
                : JsonPointer.compile(settings.success().pointer());
        // follows no redirect: numbers and credentials are for this gateway alone
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.connectTimeout())
                .build();
        this.clock = clock;
    }

    /** @throws GatewayFailedException if the gateway did not say that it took the message */
    void send(Message message) {
        HttpResponse<byte[]> answer = answer(request(message));
        int status = answer.statusCode();
        if (status / 100 != 2) {
            throw new GatewayFailedException(
                    "it answered " + status, status == BAD_GATEWAY || status == GATEWAY_TIMEOUT);
        }
        if (success != null) {
            requireSuccess(status, answer.body());
        }
    }

    private HttpRequest request(Message message) {
        byte[] body = template.fill(message, settings.templates().getOrDefault(message.template(), ""));
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(settings.url()))
                .header("Content-Type", "application/json; charset=utf-8")
                .header(settings.idempotencyHeader(), message.key())
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        settings.headers().forEach(request::setHeader);
        if (settings.signatureSecret() != null) {
            String timestamp = Long.toString(clock.instant().getEpochSecond());
            request.setHeader(Signature.TIMESTAMP_HEADER, timestamp)
                    .setHeader(Signature.HEADER, Signature.of(settings.signatureSecret(), timestamp, body));
        }
        return request.build();
    }

    private HttpResponse<byte[]> answer(HttpRequest request) {
        try {
            return LimitedHttp.send(http, request, settings.timeout(), success == null ? 0 : ANSWER_BYTES);
        } catch (IOException e) {
            throw failed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GatewayFailedException("interrupted", true);
        }
    }

    private static GatewayFailedException failed(IOException cause) {
        boolean unconnected = cause instanceof ConnectException
                || cause instanceof HttpConnectTimeoutException
                || cause instanceof SSLHandshakeException;
        String kind = cause.getClass().getSimpleName();
        return unconnected
                ? new GatewayFailedException("no connection: " + kind)
                : new GatewayFailedException("no answer: " + kind, true);
    }

    private void requireSuccess(int status, byte[] body) {
        String said;
        try {
            said = JSON.readTree(body).at(success).asString("");
        } catch (JacksonException e) {
            throw new GatewayFailedException("it answered " + status + " and no JSON", true);
        }
        if (!said.equals(settings.success().value())) {
            throw new GatewayFailedException("it answered " + status + " without success");
        }
    }
}
