package org.accountsecurity.shop.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.accountsecurity.http.AnswerTooLargeException;
import org.accountsecurity.http.LimitedHttp;
import org.accountsecurity.shop.DataSetFailedException;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.util.DefaultUriBuilderFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calls a service of the shop, repeats a call where that can help, respects {@code Retry-After}, and reports failures by
 * their kind only.
 */
class ShopService {

    /** Of a JSON answer. */
    static final int ANSWER_BYTES = 2 * 1024 * 1024;
    /** Of a line of a copy. */
    static final int LINE_BYTES = 1024 * 1024;
    /** Of a copy, each time that it is read. */
    static final long COPY_BYTES = 4L * 1024 * 1024 * 1024;

    private static final JsonMapper JSON = new JsonMapper();
    private static final int OK = 200;
    private static final int NO_CONTENT = 204;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERRORS = 500;
    private static final Duration PAUSE = Duration.ofMillis(200);
    /** For one that asks for too much nobody else has to wait longer. */
    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(2);

    private final String dataSet;
    private final Duration timeout;
    private final String authorization;
    private final DefaultUriBuilderFactory uris;
    private final HttpClient http;
    private final RetryTemplate retries;
    private final Clock clock;
    /** Before when the service wants no call; null if it named no time. */
    private volatile Instant leftAloneUntil;

    ShopService(HttpDataSetSettings settings, Clock clock) {
        this.dataSet = settings.name();
        this.timeout = settings.timeout();
        this.authorization = "Bearer " + settings.token();
        this.uris = new DefaultUriBuilderFactory(settings.url());
        this.clock = clock;
        // follows no redirect: the token is for this service alone
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout)
                .build();
        this.retries = new RetryTemplate(RetryPolicy.builder()
                .maxRetries(settings.retries())
                .delay(PAUSE)
                .multiplier(2)
                .predicate(failure -> failure instanceof DataSetFailedException failed && failed.isWorthRepeating())
                .build());
    }

    /** Asks something of an account; the path and its values are encoded here. */
    JsonAnswer ask(String path, Object... values) {
        return answer(call(MediaType.APPLICATION_JSON, path, values).build());
    }

    /** Has something done that is answered. */
    JsonAnswer request(String requestId, Map<String, ?> body, String path, Object... values) {
        return answer(change(HttpMethod.POST, requestId, body, path, values));
    }

    /** Has something done that needs no answer. */
    void order(HttpMethod method, String requestId, Map<String, ?> body, String path, Object... values) {
        exchange(change(method, requestId, body, path, values));
    }

    /**
     * Opens an answer that is read line by line; empty where the service has none to give. Only the opening is repeated:
     * what has been read can't be taken back.
     *
     * @param goOn is asked before each try and while the lines come, and throws if they are not wanted any more
     */
    Optional<BufferedReader> open(Runnable goOn, String path, Object... values) {
        HttpRequest request = call(MediaType.APPLICATION_NDJSON, path, values).build();
        return retries.invoke((Supplier<Optional<BufferedReader>>) () -> {
            goOn.run();
            requireWelcome();
            HttpResponse<InputStream> response = send(request);
            if (response.statusCode() == OK) {
                return Optional.of(new BufferedReader(new InputStreamReader(
                        new LimitedStream(response.body(), timeout, LINE_BYTES, COPY_BYTES, goOn),
                        StandardCharsets.UTF_8.newDecoder())));
            }
            close(response.body());
            if (response.statusCode() == NO_CONTENT) {
                return Optional.empty();
            }
            throw refused(response);
        });
    }

    DataSetFailedException brokenOff(IOException e) {
        if (e instanceof AnswerTooLargeException) {
            return new DataSetFailedException(dataSet, "the answer is " + e.getMessage());
        }
        return new DataSetFailedException(dataSet, "no answer, " + e.getClass().getSimpleName(), true);
    }

    private HttpRequest.Builder call(MediaType answer, String path, Object... values) {
        return HttpRequest.newBuilder(uris.expand(path, values))
                .timeout(timeout)
                .header(HttpHeaders.AUTHORIZATION, authorization)
                .header(HttpHeaders.ACCEPT, answer.toString());
    }

    private HttpRequest change(
            HttpMethod method, String requestId, Map<String, ?> body, String path, Object... values) {
        HttpRequest.Builder call =
                call(MediaType.APPLICATION_JSON, path, values).header("Request-Id", requestId);
        if (body.isEmpty()) {
            return call.method(method.name(), HttpRequest.BodyPublishers.noBody())
                    .build();
        }
        return call.method(method.name(), HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                .header(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON_VALUE)
                .build();
    }

    private JsonAnswer answer(HttpRequest call) {
        HttpResponse<byte[]> answer = exchange(call);
        return JsonAnswer.parse(dataSet, answer.body(), RetryAfter.of(answer.headers(), clock.instant()));
    }

    /** 200 and 204 alone are success: a 202 promises what has not happened. */
    private HttpResponse<byte[]> exchange(HttpRequest call) {
        return retries.invoke((Supplier<HttpResponse<byte[]>>) () -> {
            requireWelcome();
            HttpResponse<byte[]> answer = sendForAll(call);
            if (answer.statusCode() != OK && answer.statusCode() != NO_CONTENT) {
                throw refused(answer);
            }
            return answer;
        });
    }

    private HttpResponse<byte[]> sendForAll(HttpRequest request) {
        try {
            return LimitedHttp.send(http, request, timeout, ANSWER_BYTES);
        } catch (IOException e) {
            throw brokenOff(e);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private HttpResponse<InputStream> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw brokenOff(e);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private DataSetFailedException interrupted() {
        Thread.currentThread().interrupt();
        return new DataSetFailedException(dataSet, "interrupted");
    }

    private void close(InputStream body) {
        try {
            body.close();
        } catch (IOException e) {
            throw brokenOff(e);
        }
    }

    /** Refuses every call before the time that the service named last, for two minutes at most. */
    private void requireWelcome() {
        Instant until = leftAloneUntil;
        if (until != null) {
            Duration left = Duration.between(clock.instant(), until);
            if (left.compareTo(Duration.ZERO) > 0) {
                throw new DataSetFailedException(dataSet, "asked to be called later", left);
            }
            leftAloneUntil = null;
        }
    }

    private DataSetFailedException refused(HttpResponse<?> answer) {
        int status = answer.statusCode();
        boolean passing = status == TOO_MANY_REQUESTS || status >= SERVER_ERRORS;
        String kind = "answered " + status;
        if (!passing) {
            return new DataSetFailedException(dataSet, kind);
        }
        Instant now = clock.instant();
        Optional<Duration> asked = RetryAfter.of(answer.headers(), now).filter(pause -> !pause.isZero());
        if (asked.isEmpty()) {
            return new DataSetFailedException(dataSet, kind, true);
        }
        leftAloneUntil = now.plus(Collections.min(List.of(asked.get(), LONGEST_SILENCE)));
        return new DataSetFailedException(dataSet, kind, asked.get());
    }
}
