package org.accountsecurity.gateway;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An SMS gateway on the loopback that answers as it was last told. */
public class ScriptedGateway implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<Call> calls = Collections.synchronizedList(new ArrayList<>());
    private volatile Answer answer = call -> answer(call, 204, "");

    /** What a gateway does with a call. */
    interface Answer {
        void to(HttpExchange call) throws IOException, InterruptedException;
    }

    /** What it was sent. */
    public record Call(Headers headers, String body) {

        String header(String name) {
            return headers.getFirst(name);
        }
    }

    public ScriptedGateway() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public void answers(int status, String body) {
        answer = call -> answer(call, status, body);
    }

    void answersWith(Answer own) {
        answer = own;
    }

    public void answersAfter(long millis, int status, String body) {
        answer = call -> {
            closed.await(millis, java.util.concurrent.TimeUnit.MILLISECONDS);
            answer(call, status, body);
        };
    }

    public void neverAnswers() {
        answer = call -> closed.await();
    }

    /** Its head at once, and then a byte now and then. */
    void answersByteByByte() {
        answer = call -> {
            call.sendResponseHeaders(200, 1000);
            OutputStream body = call.getResponseBody();
            while (!closed.await(50, java.util.concurrent.TimeUnit.MILLISECONDS)) {
                body.write(' ');
                body.flush();
            }
        };
    }

    /** Once it has the message. */
    void hangsUp() {
        answer = call -> {
            throw new IOException("hangs up");
        };
    }

    public List<Call> calls() {
        return List.copyOf(calls);
    }

    public String url() {
        return "http://localhost:" + server.getAddress().getPort() + "/sms";
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange call) throws IOException {
        calls.add(new Call(
                call.getRequestHeaders(), new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        try (call) {
            answer.to(call);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(HttpExchange call, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        call.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        call.getResponseBody().write(bytes);
    }
}
