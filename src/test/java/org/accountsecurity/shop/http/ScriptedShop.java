package org.accountsecurity.shop.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.accountsecurity.testing.TestClock;

/** A service that answers as it is told, one answer a call and the last one for all further calls. */
class ScriptedShop implements AutoCloseable {

    static final String TOKEN = "the-token-of-the-shop";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final TestClock clock = new TestClock();
    private final List<Call> calls = Collections.synchronizedList(new ArrayList<>());

    interface Answer {
        void to(HttpExchange call) throws Exception;
    }

    record Call(String line, String authorization, String requestId, String body) {}

    ScriptedShop() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    ScriptedShop answers(Answer answer) {
        answers.add(answer);
        return this;
    }

    ScriptedShop answers(int status, String body) {
        return answers(call -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            call.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            call.getResponseBody().write(bytes);
        });
    }

    TestClock clock() {
        return clock;
    }

    List<Call> calls() {
        return List.copyOf(calls);
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    HttpDataSet dataSet(Duration timeout, int retries) {
        return new HttpDataSet(new HttpDataSetSettings("coupons", url(), TOKEN, timeout, retries, true), clock);
    }

    HttpDataSet dataSet() {
        return dataSet(Duration.ofSeconds(5), 2);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange call) throws IOException {
        calls.add(new Call(
                call.getRequestMethod() + " " + call.getRequestURI(),
                call.getRequestHeaders().getFirst("Authorization"),
                call.getRequestHeaders().getFirst("Request-Id"),
                new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        try (call) {
            (answers.size() > 1 ? answers.remove() : answers.element()).to(call);
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }
}
