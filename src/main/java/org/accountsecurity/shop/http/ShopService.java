package org.accountsecurity.shop.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.accountsecurity.shop.DataSetFailedException;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.util.DefaultUriBuilderFactory;

/** Calls a service of the shop, again where that may help, and tells nothing of it but the kind of a failure. */
class ShopService {

    private static final int OK = 200;
    private static final int NO_CONTENT = 204;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERRORS = 500;
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final String dataSet;
    private final Duration timeout;
    private final String authorization;
    private final DefaultUriBuilderFactory uris;
    private final HttpClient http;
    private final RestClient rest;
    private final RetryTemplate retries;

    ShopService(HttpDataSetSettings settings) {
        this.dataSet = settings.name();
        this.timeout = settings.timeout();
        this.authorization = "Bearer " + settings.token();
        this.uris = new DefaultUriBuilderFactory(settings.url());
        // never follows a redirect: the token is for this service alone
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout)
                .build();
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(http);
        requests.setReadTimeout(timeout);
        this.rest = RestClient.builder()
                .requestFactory(requests)
                .uriBuilderFactory(uris)
                .defaultHeader(HttpHeaders.AUTHORIZATION, authorization)
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
        return answer(rest.get().uri(path, values));
    }

    /** Has something done that is answered. */
    JsonAnswer request(String requestId, Map<String, ?> body, String path, Object... values) {
        return answer(rest.post()
                .uri(path, values)
                .header("Request-Id", requestId)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body));
    }

    /** Has something done that needs no answer. */
    void order(HttpMethod method, String requestId, Map<String, ?> body, String path, Object... values) {
        RestClient.RequestBodySpec call = rest.method(method).uri(path, values).header("Request-Id", requestId);
        if (!body.isEmpty()) {
            call.contentType(MediaType.APPLICATION_JSON).body(body);
        }
        exchange(call);
    }

    /**
     * Opens an answer that is read line by line; empty where the service has none to give. Only the opening is repeated:
     * what has been read can't be taken back.
     */
    Optional<BufferedReader> open(String path, Object... values) {
        HttpRequest request = HttpRequest.newBuilder(uris.expand(path, values))
                .timeout(timeout)
                .header(HttpHeaders.AUTHORIZATION, authorization)
                .header(HttpHeaders.ACCEPT, MediaType.APPLICATION_NDJSON_VALUE)
                .build();
        return retries.invoke((Supplier<Optional<BufferedReader>>) () -> {
            HttpResponse<InputStream> response = send(request);
            if (response.statusCode() == OK) {
                return Optional.of(new BufferedReader(new InputStreamReader(
                        new IdleLimit(response.body(), timeout), StandardCharsets.UTF_8.newDecoder())));
            }
            close(response.body());
            if (response.statusCode() == NO_CONTENT) {
                return Optional.empty();
            }
            throw refused(response.statusCode());
        });
    }

    DataSetFailedException brokenOff(IOException e) {
        return new DataSetFailedException(dataSet, "no answer, " + e.getClass().getSimpleName(), true);
    }

    private JsonAnswer answer(RestClient.RequestHeadersSpec<?> call) {
        return JsonAnswer.parse(dataSet, exchange(call.accept(MediaType.APPLICATION_JSON)));
    }

    /** 200 and 204 alone are success: a 202 promises what has not happened. */
    private String exchange(RestClient.RequestHeadersSpec<?> call) {
        return retries.invoke((Supplier<String>) () -> {
            try {
                return call.exchange((request, response) -> {
                    int status = response.getStatusCode().value();
                    if (status != OK && status != NO_CONTENT) {
                        throw refused(status);
                    }
                    return new String(response.getBody().readAllBytes(), StandardCharsets.UTF_8);
                });
            } catch (ResourceAccessException e) {
                throw e.getCause() instanceof IOException cause
                        ? brokenOff(cause)
                        : new DataSetFailedException(dataSet, "no answer", true);
            } catch (RestClientException e) {
                throw new DataSetFailedException(dataSet, e.getClass().getSimpleName());
            }
        });
    }

    /** Not through {@link RestClient}: its read timeout would be one for the whole of an export. */
    private HttpResponse<InputStream> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw brokenOff(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DataSetFailedException(dataSet, "interrupted");
        }
    }

    private void close(InputStream body) {
        try {
            body.close();
        } catch (IOException e) {
            throw brokenOff(e);
        }
    }

    private DataSetFailedException refused(int status) {
        return new DataSetFailedException(
                dataSet, "answered " + status, status == TOO_MANY_REQUESTS || status >= SERVER_ERRORS);
    }
}
