package org.accountsecurity.nodes;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A reverse proxy as an operator has one: it knows from the readiness probe which nodes want requests, asks another node
 * if a connection is refused and never otherwise, and keeps no connection. It remembers what failed all the same.
 */
final class ReadinessProxy implements AutoCloseable {

    private static final int THREADS = 8;
    private static final int BAD_GATEWAY = 502;
    private static final int SERVER_ERROR = 500;
    private static final Set<String> OWN = Set.of("connection", "content-length", "host", "transfer-encoding", "date");

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Cluster cluster;
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final HttpServer server;

    private volatile int passed;

    ReadinessProxy(Cluster cluster) throws IOException {
        this.cluster = cluster;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::pass);
        server.setExecutor(threads);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    List<String> failures() {
        return failures;
    }

    /** How many requests were answered. */
    int passed() {
        return passed;
    }

    private void pass(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        // else the client would keep what this server closes
        exchange.getResponseHeaders().set("Connection", "close");
        for (int attempt = 0; attempt < 100; attempt++) {
            int node = attempt % 2;
            if (!cluster.node(node).ready()) {
                continue;
            }
            try {
                HttpResponse<byte[]> answer = ask(exchange, cluster.port(node), body);
                if (answer.statusCode() >= SERVER_ERROR) {
                    failures.add(exchange.getRequestURI() + " " + answer.statusCode());
                }
                answer(exchange, answer);
                return;
            } catch (ConnectException e) {
                // the other one
            } catch (IOException | InterruptedException | RuntimeException e) {
                failures.add(exchange.getRequestURI() + " " + e);
                break;
            }
        }
        exchange.sendResponseHeaders(BAD_GATEWAY, -1);
        exchange.close();
    }

    private static HttpResponse<byte[]> ask(HttpExchange exchange, int port, byte[] body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + port + exchange.getRequestURI()))
                .timeout(Duration.ofSeconds(30))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders()
                .forEach((name, values) -> values.stream()
                        .filter(value -> !OWN.contains(name.toLowerCase(Locale.ROOT)))
                        .filter(value -> !name.equalsIgnoreCase("Upgrade") && !name.equalsIgnoreCase("HTTP2-Settings"))
                        .forEach(value -> request.header(name, value)));
        request.header("Connection", "close");
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private synchronized void answer(HttpExchange exchange, HttpResponse<byte[]> answer) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        answer.headers().map().forEach((name, values) -> {
            if (!OWN.contains(name.toLowerCase(Locale.ROOT))) {
                headers.put(name, values);
            }
        });
        passed++;
        boolean empty = answer.body().length == 0;
        exchange.sendResponseHeaders(answer.statusCode(), empty ? -1 : answer.body().length);
        if (!empty) {
            exchange.getResponseBody().write(answer.body());
        }
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
