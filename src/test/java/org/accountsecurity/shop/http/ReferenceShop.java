package org.accountsecurity.shop.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.accountsecurity.shop.Erasure.Outcome;
import tools.jackson.databind.json.JsonMapper;

/** A shop's own service that keeps to {@code docs/integrators/data-set-api.yaml}: reservations, in memory. */
class ReferenceShop implements AutoCloseable {

    static final String TOKEN = "the-token-of-the-shop";

    private static final Duration LONGEST_FREEZE = Duration.ofMinutes(15);
    /** Records that one call erases. */
    private static final int CHUNK = 2;

    private final JsonMapper json = new JsonMapper();
    private final Clock clock;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private final Map<String, List<Reservation>> held = new HashMap<>();
    private final List<Retained> retained = new ArrayList<>();
    private final Map<String, Instant> retainedUntil = new HashMap<>();
    private final Set<String> erased = new HashSet<>();
    private final Map<String, Erased> erasures = new HashMap<>();

    /** A stay in a shop's guest house; its day is null while it is still ahead. */
    record Reservation(String id, String guest, long amountFen, LocalDate completedOn) {}

    /** What the law wants kept of a stay; it leads to nobody. */
    record Retained(long amountFen, LocalDate completedOn, LocalDate retainedUntil) {}

    /** What has become of an account's records under one request, all its calls together. */
    private record Erased(Outcome outcome, LocalDate retainedUntil) {}

    ReferenceShop(Clock clock) throws IOException {
        this.clock = clock;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/api/", this::handle);
        server.start();
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort() + "/api";
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    /** Whether the shop took the reservation; it does not for an account that is held or has left. */
    synchronized boolean reserve(String account, Reservation reservation) {
        if (erased.contains(account) || isHeld(account)) {
            return false;
        }
        return held.computeIfAbsent(account, key -> new ArrayList<>()).add(reservation);
    }

    synchronized long held(String account) {
        return held.getOrDefault(account, List.of()).size();
    }

    synchronized List<Retained> retained() {
        return List.copyOf(retained);
    }

    /** The shop's own duty: nobody reminds it. */
    synchronized void purge() {
        retained.removeIf(record -> !record.retainedUntil().isAfter(LocalDate.now(clock)));
    }

    private void handle(HttpExchange call) throws IOException {
        try (call) {
            if (!("Bearer " + TOKEN).equals(call.getRequestHeaders().getFirst("Authorization"))) {
                answer(call, 401, null);
                return;
            }
            String[] path = call.getRequestURI().getRawPath().split("/");
            if (path.length != 5 || !path[2].equals("accounts")) {
                answer(call, 404, null);
                return;
            }
            serve(call, URLDecoder.decode(path[3], StandardCharsets.UTF_8), call.getRequestMethod() + " " + path[4]);
        }
    }

    private synchronized void serve(HttpExchange call, String account, String what) throws IOException {
        switch (what) {
            case "GET open-items" -> answer(call, 200, openItems(account));
            case "POST settlements" -> {
                settle(account, (List<?>) body(call).get("references"));
                answer(call, 204, null);
            }
            case "GET preview" -> answer(call, 200, preview(account, query(call)));
            case "GET export" -> export(call, account);
            case "PUT hold" -> {
                retainedUntil.put(account, clock.instant().plus(LONGEST_FREEZE));
                answer(call, 204, null);
            }
            case "DELETE hold" -> {
                retainedUntil.remove(account);
                answer(call, 204, null);
            }
            case "POST erasure" ->
                answer(
                        call,
                        200,
                        erase(account, body(call), call.getRequestHeaders().getFirst("Request-Id")));
            case "GET erasure" -> answer(call, 200, Map.of("erased", held(account) == 0));
            default -> answer(call, 405, null);
        }
    }

    private boolean isHeld(String account) {
        return retainedUntil.getOrDefault(account, Instant.MIN).isAfter(clock.instant());
    }

    private Map<String, Object> openItems(String account) {
        return Map.of(
                "items",
                reservations(account)
                        .filter(reservation -> reservation.completedOn() == null)
                        .map(reservation -> Map.of(
                                "kind",
                                "RESERVATION",
                                "reference",
                                reservation.id(),
                                "label",
                                "未入住的预订",
                                "amountFen",
                                reservation.amountFen()))
                        .toList());
    }

    /** A reservation ahead is cancelled, which leaves nothing of it. */
    private void settle(String account, List<?> references) {
        held.getOrDefault(account, new ArrayList<>())
                .removeIf(reservation -> reservation.completedOn() == null && references.contains(reservation.id()));
    }

    private Map<String, Object> preview(String account, Map<String, String> query) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("records", held(account));
        answer.put(
                "retainedUntil",
                Boolean.parseBoolean(query.get("anonymise"))
                        ? last(reservations(account), Period.parse(query.get("keepFor")))
                        : null);
        return answer;
    }

    private void export(HttpExchange call, String account) throws IOException {
        call.getResponseHeaders().set("Content-Type", "application/x-ndjson");
        call.sendResponseHeaders(200, 0);
        OutputStream out = call.getResponseBody();
        writeLine(out, Map.of("columns", List.of("预订号", "入住人", "金额（分）", "退房日期")));
        List<Reservation> reservations = reservations(account).toList();
        for (Reservation reservation : reservations) {
            writeLine(
                    out,
                    Arrays.asList(
                            reservation.id(),
                            reservation.guest(),
                            Long.toString(reservation.amountFen()),
                            Objects.toString(reservation.completedOn(), null)));
        }
        writeLine(out, Map.of("records", reservations.size()));
        out.close();
    }

    private Map<String, Object> erase(String account, Map<?, ?> order, String request) {
        List<Reservation> chunk = reservations(account).limit(CHUNK).toList();
        LocalDate last = null;
        if (Boolean.TRUE.equals(order.get("anonymise"))) {
            Period keepFor = Period.parse((String) order.get("keepFor"));
            last = last(chunk.stream(), keepFor);
            chunk.stream()
                    .filter(reservation -> reservation.completedOn() != null)
                    .forEach(reservation -> retained.add(new Retained(
                            reservation.amountFen(),
                            reservation.completedOn(),
                            reservation.completedOn().plus(keepFor))));
        }
        reservationsOf(account).removeAll(chunk);
        erased.add(account);
        Outcome outcome = chunk.isEmpty() ? Outcome.NOTHING_HELD : last == null ? Outcome.ERASED : Outcome.RETAINED;
        Erased soFar = erasures.merge(request + " " + account, new Erased(outcome, last), ReferenceShop::together);

        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("outcome", soFar.outcome());
        answer.put(
                "retainedUntil",
                soFar.retainedUntil() == null ? null : soFar.retainedUntil().toString());
        answer.put("complete", held(account) == 0);
        return answer;
    }

    private static Erased together(Erased before, Erased now) {
        return new Erased(
                before.outcome().compareTo(now.outcome()) > 0 ? before.outcome() : now.outcome(),
                Stream.of(before, now)
                        .map(Erased::retainedUntil)
                        .filter(Objects::nonNull)
                        .max(Comparator.naturalOrder())
                        .orElse(null));
    }

    private List<Reservation> reservationsOf(String account) {
        return held.getOrDefault(account, new ArrayList<>());
    }

    private Stream<Reservation> reservations(String account) {
        return reservationsOf(account).stream();
    }

    private static LocalDate last(Stream<Reservation> reservations, Period keepFor) {
        return reservations
                .map(Reservation::completedOn)
                .filter(Objects::nonNull)
                .map(day -> day.plus(keepFor))
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    private Map<?, ?> body(HttpExchange call) throws IOException {
        return json.readValue(call.getRequestBody().readAllBytes(), Map.class);
    }

    private static Map<String, String> query(HttpExchange call) {
        return Stream.of(call.getRequestURI().getQuery().split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }

    private void writeLine(OutputStream out, Object line) throws IOException {
        out.write(json.writeValueAsBytes(line));
        out.write('\n');
    }

    private void answer(HttpExchange call, int status, Object body) throws IOException {
        if (body == null) {
            call.sendResponseHeaders(status, -1);
            return;
        }
        byte[] bytes = json.writeValueAsBytes(body);
        call.getResponseHeaders().set("Content-Type", "application/json");
        call.sendResponseHeaders(status, bytes.length);
        call.getResponseBody().write(bytes);
    }
}
