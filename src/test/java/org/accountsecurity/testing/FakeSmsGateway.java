package org.accountsecurity.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The shop's SMS gateway: takes a message once for each idempotency key. */
public final class FakeSmsGateway implements AutoCloseable {

    private static final Pattern CODE = Pattern.compile("验证码 (\\d{6})（编号 (\\w\\d)）");
    private static final int THREADS = 4;

    /** A text as a phone received it. */
    public record Sms(String to, String text) {}

    private final Map<String, Sms> messages = new ConcurrentHashMap<>();
    private final Map<String, String> codes = new ConcurrentHashMap<>();
    private final Map<String, BlockingQueue<String>> arrivals = new ConcurrentHashMap<>();
    private final Map<String, Sms> others = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final HttpServer server;

    public FakeSmsGateway() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::receive);
        server.setExecutor(threads);
        server.start();
    }

    public String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** The code that was sent to this phone with this serial, if it has arrived. */
    public Optional<String> code(String phone, String serial) {
        return Optional.ofNullable(codes.get(phone + serial));
    }

    /** The code that this phone gets next, the moment it arrives, which is before the sender is answered. */
    public String nextCode(String phone, Duration patience) {
        try {
            String code = arrivals(phone).poll(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (code == null) {
                throw new AssertionError("no code came");
            }
            return code;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private BlockingQueue<String> arrivals(String phone) {
        return arrivals.computeIfAbsent(phone, to -> new LinkedBlockingQueue<>());
    }

    public List<Sms> messages() {
        return List.copyOf(messages.values());
    }

    /** Messages that came under the key of another one. */
    public List<Sms> contradictions() {
        return List.copyOf(others.values());
    }

    private void receive(HttpExchange exchange) throws IOException {
        JsonNode body = new ObjectMapper().readTree(exchange.getRequestBody());
        Sms sms = new Sms(body.path("to").asText(), body.path("text").asText());
        String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        Sms first = messages.putIfAbsent(key, sms);
        if (first != null && !first.equals(sms)) {
            others.put(key, sms);
        }
        Matcher code = CODE.matcher(sms.text());
        if (code.find()) {
            codes.put(sms.to() + code.group(2), code.group(1));
            if (first == null) {
                arrivals(sms.to()).add(code.group(1));
            }
        }
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
