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
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.accountsecurity.command.Migrate;
import org.accountsecurity.testing.Modeler;
import org.accountsecurity.testing.RequiredArguments;
import org.accountsecurity.testing.Rows;
import org.accountsecurity.testing.Snapshot;
import org.accountsecurity.testing.Visitor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Outside the demo: PostgreSQL, the job executor, an SMS gateway, and no inbox. */
class ProductionIT {

    private static final Pattern CODE = Pattern.compile("验证码 (\\d{6})");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Map<String, String> SMS = new ConcurrentHashMap<>();

    private static EmbeddedPostgres postgres;
    private static HttpServer gateway;
    private static List<String> settings;
    private static ForkedApplication application;
    private static JdbcClient jdbc;
    private static Rows rows;

    @BeforeAll
    static void start() throws IOException {
        postgres = EmbeddedPostgres.start();
        gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        gateway.createContext("/", ProductionIT::receive);
        gateway.start();
        settings = List.of(RequiredArguments.and(
                "--spring.profiles.active=postgres",
                "--spring.datasource.url=" + postgres.getJdbcUrl("postgres", "postgres"),
                "--account-security.sms.url=http://localhost:"
                        + gateway.getAddress().getPort(),
                "--server.forward-headers-strategy=native",
                // the client of this test speaks plain HTTP
                "--server.servlet.session.cookie.secure=false"));
        application = new ForkedApplication(settings.toArray(String[]::new)).started();
        jdbc = JdbcClient.create(postgres.getPostgresDatabase());
        rows = new Rows(jdbc);
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
    @DisplayName("without its settings the application ends with sentences that say what to set")
    void withoutItsSettingsTheApplicationEnds() throws InterruptedException {
        try (ForkedApplication unset = new ForkedApplication("--spring.profiles.active=production")) {
            assertThat(unset.ended()).isNotZero();
            assertThat(unset.output())
                    .contains("Set spring.datasource.url to the JDBC address of the database.")
                    .contains("Set account-security.code-secret to a random text of at least 32 characters")
                    .contains("Set account-security.receipt.signing-key to a private Ed25519 key")
                    .contains("Set account-security.admin.id and account-security.admin.password")
                    .doesNotContain("\tat org.");
        }
    }

    @Test
    @DisplayName("a node in another time zone ends with a sentence that says in which it starts")
    void aNodeInAnotherTimeZoneEnds() throws InterruptedException {
        String zone = ZoneId.systemDefault().equals(ZoneId.of("Asia/Tokyo")) ? "Asia/Shanghai" : "Asia/Tokyo";
        String[] elsewhere = Stream.concat(Stream.of("-Duser.timezone=" + zone), settings.stream())
                .toArray(String[]::new);
        try (ForkedApplication node = new ForkedApplication(elsewhere)) {
            assertThat(node.ended()).isNotZero();
            assertThat(node.output())
                    .contains("This node's time zone is " + zone)
                    .contains("JAVA_TOOL_OPTIONS=-Duser.timezone=" + ZoneId.systemDefault())
                    .doesNotContain("\tat org.");
        }
    }

    @Test
    @DisplayName("the migration listens nowhere: it runs beside a node that has its ports, in another time zone too")
    void theMigrationListensNowhere() throws InterruptedException {
        List<String> arguments = Stream.concat(
                        settings.stream(),
                        Stream.of("-Duser.timezone=Asia/Tokyo", "--management.server.port=" + application.port()))
                .toList();
        try (ForkedApplication migration = new ForkedApplication(Migrate.class, application.port(), arguments)) {
            assertThat(migration.ended()).as(migration::output).isZero();
        }
    }

    @Test
    @DisplayName("with the settings as they are shipped cookies are for HTTPS alone")
    void cookiesAreForHttpsAlone() throws IOException, InterruptedException {
        rows.update("create database shipped");
        try (ForkedApplication shipped = new ForkedApplication(RequiredArguments.and(
                        "--spring.profiles.active=production",
                        "--spring.datasource.url=" + postgres.getJdbcUrl("postgres", "shipped"),
                        "--account-security.sms.url=http://localhost:"
                                + gateway.getAddress().getPort()))
                .started()) {
            String host = "http://localhost:" + shipped.port();
            // sends a secure cookie over plain HTTP, as no browser does
            HttpClient client = HttpClient.newHttpClient();

            HttpResponse<String> page = client.send(
                    HttpRequest.newBuilder(URI.create(host + "/login")).build(), HttpResponse.BodyHandlers.ofString());
            String session = cookie(page, "SESSION");
            Matcher csrf = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"").matcher(page.body());
            assertThat(csrf.find()).isTrue();
            HttpResponse<String> login = client.send(
                    HttpRequest.newBuilder(URI.create(host + "/login"))
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .header("Cookie", session.split(";")[0])
                            .POST(HttpRequest.BodyPublishers.ofString("username=root&password=root-password&_csrf="
                                    + URLEncoder.encode(csrf.group(1), StandardCharsets.UTF_8)))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            String sessionAfterLogin = cookie(login, "SESSION");
            HttpResponse<String> tasklist = client.send(
                    HttpRequest.newBuilder(URI.create(host + "/camunda/app/tasklist/default/"))
                            .header("Cookie", sessionAfterLogin.split(";")[0])
                            .build(),
                    HttpResponse.BodyHandlers.ofString());

            assertThat(List.of(session, sessionAfterLogin))
                    .allSatisfy(
                            cookie -> assertThat(cookie.split("; ")).contains("Secure", "HttpOnly", "SameSite=Lax"));
            assertThat(tasklist.statusCode()).isEqualTo(200);
            assertThat(cookie(tasklist, "XSRF-TOKEN").split(";\\s*")).contains("Secure", "SameSite=Lax");
            assertThat(Stream.of(page, login, tasklist)
                            .flatMap(answer -> answer.headers().allValues("Set-Cookie").stream()))
                    .allMatch(cookie -> cookie.contains("Secure"));
        }
    }

    @Test
    @DisplayName("nothing is deployed over plain HTTP, whatever the password, and there is no page for editing")
    void nothingIsDeployedOverPlainHttp() {
        Modeler modeler = Modeler.of(application.port(), "root", "root-password");
        long attempts = attempts();

        assertThat(modeler.checkConnection().status()).isEqualTo(403);
        assertThat(modeler.deploy("x", Map.of("x.form", "{}")).status()).isEqualTo(403);

        assertThat(attempts()).isEqualTo(attempts);
        Visitor root = new Visitor(application.port());
        root.login("root", "root-password");
        assertThat(root.get("/edit").status()).isEqualTo(403);
    }

    @Test
    @DisplayName("over TLS a process owner deploys, and what is unsafe is refused")
    void overTlsAProcessOwnerDeploys() {
        rows.update("insert into act_id_membership (user_id_, group_id_) values ('root', 'process-owner')");
        Modeler modeler = Modeler.overTls(application.port(), "root", "root-password");
        Map<String, String> files = Modeler.everythingWith("account-deregistration.bpmn");

        assertThat(modeler.deploy("over TLS", files).status()).isEqualTo(200);

        // the engine deploys nothing anew where no file has changed
        files.remove("enter-code.form");
        files.computeIfPresent("confirm-deregistration.form", (name, form) -> form + "\n");
        Modeler.Answer refused = modeler.deploy("over TLS", files);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.message()).contains("UserTask_EnterCode “输入验证码”的表单 enter-code 不在这次部署里。");
        assertThat(Modeler.of(application.port(), "root", "root-password")
                        .deploy("in the clear", files)
                        .status())
                .isEqualTo(403);
    }

    private static long attempts() {
        return rows.number("select coalesce(sum(attempts), 0) from login_attempt");
    }

    private static String cookie(HttpResponse<String> answer, String name) {
        return answer.headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith(name + "="))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no cookie " + name + ": " + answer.headers()));
    }

    @Test
    @DisplayName("a phone change and a deregistration on PostgreSQL, and then nothing leads to the holder")
    void aPhoneChangeAndADeregistration() {
        account("acct-1", "13700137001", "holder-1@example.com");
        Visitor holder = new Visitor(application.port());
        holder.login("13700137001", "password");
        holder.start("phone-unbinding");
        holder.complete("阅读解绑须知", Map.of("choice", "CONTINUE", "channel", "SMS"));
        holder.complete("输入验证码", Map.of("choice", "SUBMIT", "code", code("13700137001")));
        holder.complete("输入新手机号", Map.of("choice", "CONTINUE", "newPhone", "137 0013 7002"));
        holder.complete("输入验证码", Map.of("choice", "SUBMIT", "code", code("13700137002")));
        holder.complete("确认解绑", Map.of("choice", "CONFIRM"));
        holder.complete("查看解绑成功提示", Map.of());
        assertThat(holder.get("/camunda/app/tasklist/default/").header("Strict-Transport-Security"))
                .contains("max-age=");
        assertThat(rows.text("select phone from account where id = 'acct-1'")).isEqualTo("13700137002");

        SMS.clear();
        holder.start("account-deregistration");
        holder.complete("阅读注销须知", Map.of("choice", "CONTINUE", "consent", true, "channel", "SMS"));
        holder.complete("输入验证码", Map.of("choice", "SUBMIT", "code", code("13700137002")));
        holder.complete("确认注销", Map.of("choice", "CONFIRM"));
        holder.complete("查看注销成功提示", Map.of());

        assertThat(holder.loggedIn()).isFalse();
        assertThat(rows.text("select status from account where id = 'acct-1'")).isEqualTo("CLOSED");
        assertThat(rows.count("act_ru_incident")).isZero();
        assertThat(Snapshot.of(jdbc).rowsByTable().toString())
                .doesNotContain("13700137001", "13700137002", "holder-1@example.com");
        assertThat(application.output()).doesNotContain("13700137001", "13700137002", "holder-1@example.com");
    }

    @Test
    @DisplayName("without a secret for them, delivery receipts are received from nobody")
    void deliveryReceiptsAreReceivedFromNobody() {
        Visitor gateway = new Visitor(application.port());

        assertThat(gateway.post("/sms/receipts", Map.of("key", "key", "status", "delivered"))
                        .location())
                .contains("/login");

        assertThat(rows.count("message_receipt")).isZero();
    }

    @Test
    @DisplayName("there is no inbox, no demo account and no demo staff")
    void thereIsNoInbox() {
        Visitor visitor = new Visitor(application.port());
        assertThat(visitor.get("/inbox").status()).isIn(302, 401, 403, 404);
        assertThat(visitor.get("/inbox/messages").body()).doesNotContain("[");
        assertThat(rows.number("select count(*) from account where id like 'acct-1000%'"))
                .isZero();

        assertThat(visitor.login("admin", "admin").location()).endsWith("?error");
        assertThat(visitor.login("owner", "owner").location()).endsWith("?error");
        assertThat(visitor.login("root", "root-password").location()).doesNotContain("?error");
        assertThat(visitor.get("/inbox").status()).isIn(403, 404);
    }

    private static void account(String id, String phone, String mail) {
        rows.update(
                "insert into account (id, status, version, phone, mail, password_hash, nickname)"
                        + " values (?, 'ACTIVE', 1, ?, ?, '{noop}password', 'nickname')",
                id,
                phone,
                mail);
    }

    private static String code(String phone) {
        return await("a code for the number")
                .atMost(PATIENCE)
                .until(() -> SMS.getOrDefault(phone, ""), code -> !code.isEmpty());
    }

    private static void receive(HttpExchange exchange) throws IOException {
        JsonNode message = new ObjectMapper().readTree(exchange.getRequestBody());
        Matcher matcher = CODE.matcher(message.path("text").asText());
        if (matcher.find()) {
            SMS.put(message.path("to").asText(), matcher.group(1));
        }
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
    }
}
