package org.accountsecurity.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.accountsecurity.testing.Journey;
import org.accountsecurity.testing.RequiredArguments;
import org.accountsecurity.testing.Rows;
import org.accountsecurity.testing.Visitor;
import org.accountsecurity.watching.Scrape;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What operators see of a node outside the demo: on a port of its own, on PostgreSQL, with an SMS gateway that fails. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WatchingIT {

    private static final Pattern CODE = Pattern.compile("验证码 (\\d{6})");
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String OLD_PHONE = "13700137001";
    private static final String NEW_PHONE = "13700137002";
    private static final String MAIL = "holder-1@example.com";
    private static final String NAME = "诸葛不亮";

    private static final Map<String, String> SMS = new ConcurrentHashMap<>();
    private static final List<String> CODES = new ArrayList<>();
    /** Messages that the gateway refused at first, each in words that repeat the number. */
    private static final Set<String> REFUSED = ConcurrentHashMap.newKeySet();

    private static EmbeddedPostgres postgres;
    private static HttpServer gateway;
    private static ForkedApplication application;
    private static Rows rows;
    private static Visitor watcher;

    @BeforeAll
    static void start() throws IOException, JoseException {
        postgres = EmbeddedPostgres.start();
        gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        gateway.createContext("/", WatchingIT::receive);
        gateway.start();
        int watchingPort = freePort();
        application = new ForkedApplication(RequiredArguments.and(
                        "--spring.profiles.active=postgres",
                        "--spring.datasource.url=" + postgres.getJdbcUrl("postgres", "postgres"),
                        "--spring.datasource.hikari.connection-timeout=2000",
                        "--management.server.port=" + watchingPort,
                        "--account-security.watching.read-every=0s",
                        "--account-security.sms.price-fen=4.5",
                        "--account-security.sms.url=http://localhost:"
                                + gateway.getAddress().getPort(),
                        "--server.servlet.session.cookie.secure=false"))
                .started();
        rows = new Rows(JdbcClient.create(postgres.getPostgresDatabase()));
        watcher = new Visitor(watchingPort);
        await("ready")
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> watcher.get("/actuator/health/readiness").status() == 200);
    }

    @AfterAll
    static void stop() throws IOException {
        if (application != null) {
            application.close();
        }
        if (gateway != null) {
            gateway.stop(0);
        }
        if (postgres != null) {
            postgres.close();
        }
    }

    @Test
    @Order(1)
    @DisplayName(
            "the watchers' port shows metrics and a bare health, and nothing else; the customers' port the probes alone")
    void theWatchersPortShowsMetricsAndHealth() {
        assertThat(watcher.get("/actuator/health").body()).doesNotContain("components", "details");
        assertThat(watcher.get("/actuator/health/readiness").body()).isEqualTo("{\"status\":\"UP\"}");
        assertThat(watcher.get("/actuator/prometheus").body()).contains("account_security_incidents 0.0");
        for (String path :
                List.of("/actuator", "/actuator/env", "/actuator/heapdump", "/camunda/app/tasklist/default/")) {
            assertThat(watcher.get(path).status()).as(path).isIn(302, 401, 403, 404);
        }
        assertThat(watcher.send("POST", "/actuator/prometheus", Map.of()).status())
                .isIn(401, 403);

        Visitor customer = new Visitor(application.port());
        assertThat(customer.get("/readyz").body()).isEqualTo("{\"status\":\"UP\"}");
        assertThat(customer.get("/livez").body()).isEqualTo("{\"status\":\"UP\"}");
        Visitor admin = new Visitor(application.port());
        admin.login("root", "root-password");
        for (String path : List.of("/actuator/prometheus", "/actuator/health", "/actuator/health/readiness")) {
            assertThat(customer.get(path).body()).doesNotContain("account_security", "components");
            assertThat(admin.get(path).status()).as(path).isIn(403, 404);
        }
    }

    @Test
    @Order(2)
    @DisplayName(
            "through a wrong code, a gateway that fails and both processes no log line and no metric leads to the holder")
    void nothingLeadsToTheHolder() throws IOException {
        rows.update(
                "insert into account (id, status, version, phone, mail, password_hash, nickname)"
                        + " values ('acct-1', 'ACTIVE', 1, ?, ?, '{noop}password', ?)",
                OLD_PHONE,
                MAIL,
                NAME);
        new Visitor(application.port()).login(OLD_PHONE, "not-" + MAIL);
        Visitor holder = new Visitor(application.port());
        holder.login(OLD_PHONE, "password");
        holder.start("phone-unbinding");
        holder.complete("阅读解绑须知", Map.of("choice", "CONTINUE", "channel", "SMS"));
        String code = code(OLD_PHONE);
        holder.complete("输入验证码", Map.of("choice", "SUBMIT", "code", Journey.wrong(code)));
        holder.complete("输入验证码", Map.of("choice", "SUBMIT", "code", code));
        holder.complete("输入新手机号", Map.of("choice", "CONTINUE", "newPhone", NEW_PHONE));
        holder.complete("输入验证码", Map.of("choice", "SUBMIT", "code", code(NEW_PHONE)));
        holder.complete("确认解绑", Map.of("choice", "CONFIRM"));
        await("the failed notice is tried again, and not in a minute only")
                .atMost(PATIENCE)
                .until(() -> rows.update("update act_ru_job set duedate_ = timestamp '2000-01-01 00:00:00'"
                                + " where exception_msg_ is not null")
                        > 0);
        holder.complete("查看解绑成功提示", Map.of());
        SMS.clear();
        holder.start("account-deregistration");
        holder.complete("阅读注销须知", Map.of("choice", "CONTINUE", "consent", true, "channel", "SMS"));
        holder.complete("输入验证码", Map.of("choice", "SUBMIT", "code", code(NEW_PHONE)));
        holder.complete("确认注销", Map.of("choice", "CONFIRM"));
        holder.complete("查看注销成功提示", Map.of());

        Scrape scrape = Scrape.of(watcher.get("/actuator/prometheus").body());
        assertThat(scrape.value(
                        "requests_ended_last_day",
                        "outcome",
                        "EndEvent_AccountDeregistered",
                        "process",
                        "account-deregistration"))
                .isEqualTo(1);
        assertThat(scrape.value(
                        "request_duration_last_day_seconds",
                        "outcome",
                        "EndEvent_PhoneChanged",
                        "process",
                        "phone-unbinding",
                        "statistic",
                        "p95"))
                .isBetween(1.0, 300.0);
        assertThat(scrape.value("codes_total", "outcome", "wrong", "purpose", "phone_unbinding"))
                .isEqualTo(1);
        assertThat(scrape.value("codes_total", "outcome", "accepted", "purpose", "deregistration"))
                .isEqualTo(1);
        assertThat(REFUSED).isNotEmpty();
        assertThat(scrape.series().entrySet())
                .anyMatch(series -> series.getKey().startsWith("account_security_messages_total{channel=\"sms\"")
                        && series.getKey().contains("outcome=\"refused\"")
                        && series.getValue() >= REFUSED.size());
        assertThat(scrape.value("sms_spend_fen_total")).isEqualTo(4.5 * scrape.value("sms_segments_total"));
        assertThat(scrape.value("sms_segments_total")).isPositive();
        assertThat(scrape.value("job_executor_active")).isEqualTo(1);

        List<String> personal = new ArrayList<>(List.of(
                OLD_PHONE, NEW_PHONE, "137****700", MAIL, "h***@", NAME, "验证码 1", "acct-1", Journey.wrong(code)));
        personal.addAll(CODES);
        assertThat(scrape.series().keySet().toString()).doesNotContain(personal);
        List<String> logged =
                application.output().lines().filter(line -> !line.isBlank()).toList();
        ObjectMapper json = new ObjectMapper();
        int ofARequest = 0;
        for (String line : logged) {
            JsonNode entry = json.readTree(line);
            assertThat(entry.path("service").path("name").asText()).isEqualTo("account-security");
            assertThat(entry.path("message").asText()).doesNotContain(personal);
            ofARequest += entry.has("requestId") ? 1 : 0;
        }
        assertThat(ofARequest).as("lines that name their request").isPositive();
        // the ids of classes and threads are digits too
        personal.removeAll(CODES);
        assertThat(String.join("\n", logged)).doesNotContain(personal);
    }

    @Test
    @Order(3)
    @DisplayName("without its database a node lives, is not ready, and says how old its figures are")
    void withoutItsDatabaseANodeIsNotReady() throws IOException {
        postgres.close();

        Visitor customer = new Visitor(application.port());
        await("not ready").atMost(PATIENCE).until(() -> customer.get("/readyz").status() == 503);
        assertThat(customer.get("/readyz").body()).isEqualTo("{\"status\":\"DOWN\"}");
        assertThat(customer.get("/livez").status()).isEqualTo(200);
        assertThat(watcher.get("/actuator/health/readiness").status()).isEqualTo(503);
        Visitor.Answer scrape = watcher.get("/actuator/prometheus");
        assertThat(scrape.status()).isEqualTo(200);
        assertThat(Scrape.of(scrape.body()).value("figures_age_seconds", "figure", "incidents"))
                .isPositive();
        assertThat(Scrape.of(scrape.body()).names()).contains("account_security_incidents");
    }

    private static String code(String phone) {
        return await("a code for the number")
                .atMost(PATIENCE)
                .until(() -> SMS.getOrDefault(phone, ""), code -> !code.isEmpty());
    }

    /** Refuses the first code, and the first notice after a change, once. */
    private static void receive(HttpExchange exchange) throws IOException {
        JsonNode message = new ObjectMapper().readTree(exchange.getRequestBody());
        String text = message.path("text").asText();
        String kind = text.contains("已更换绑定手机号") ? "notice" : "code";
        if (REFUSED.add(kind)) {
            byte[] refusal = ("no credit for " + message).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(500, refusal.length);
            exchange.getResponseBody().write(refusal);
            exchange.close();
            return;
        }
        Matcher matcher = CODE.matcher(text);
        if (matcher.find()) {
            CODES.add(matcher.group(1));
            SMS.put(message.path("to").asText(), matcher.group(1));
        }
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }
}
