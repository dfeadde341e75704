package org.accountsecurity.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.accountsecurity.gateway.ScriptedGateway;
import org.accountsecurity.testing.RequiredArguments;
import org.accountsecurity.testing.Rows;
import org.accountsecurity.testing.Visitor;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The application on PostgreSQL with two SMS gateways of which one or both fail, and what its holders see. */
class GatewaysIT {

    private static final String SECRET = "a-secret-that-the-gateways-of-this-test-know";
    private static final String ACCEPTED = "{\"code\": \"OK\"}";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Of one gateway. */
    private static final Duration TIMEOUT = Duration.ofMillis(1000);

    private static final Pattern CODE = Pattern.compile("验证码 (\\d{6})");

    private static EmbeddedPostgres postgres;
    private static ScriptedGateway first;
    private static ScriptedGateway second;
    private static ForkedApplication application;
    private static Rows rows;
    private static int accounts;

    private String phone;
    private Visitor holder;

    @BeforeAll
    static void start() throws IOException, JoseException {
        postgres = EmbeddedPostgres.start();
        first = new ScriptedGateway();
        second = new ScriptedGateway();
        application = new ForkedApplication(RequiredArguments.and(
                        "--spring.profiles.active=postgres",
                        "--spring.datasource.url=" + postgres.getJdbcUrl("postgres", "postgres"),
                        "--account-security.sms.gateways[0].url=" + first.url(),
                        "--account-security.sms.gateways[0].connect-timeout=500ms",
                        "--account-security.sms.gateways[0].read-timeout=500ms",
                        "--account-security.sms.gateways[0].success.pointer=/code",
                        "--account-security.sms.gateways[0].success.value=OK",
                        "--account-security.sms.gateways[1].url=" + second.url(),
                        "--account-security.sms.gateways[1].connect-timeout=500ms",
                        "--account-security.sms.gateways[1].read-timeout=500ms",
                        // each test begins with gateways that nobody has left out
                        "--account-security.sms.breaker.calls=100",
                        "--account-security.sms.receipts.secret=" + SECRET,
                        // the client of this test speaks plain HTTP
                        "--server.servlet.session.cookie.secure=false"))
                .started();
        rows = new Rows(JdbcClient.create(postgres.getPostgresDatabase()));
    }

    @AfterAll
    static void stop() throws IOException {
        for (AutoCloseable opened : new AutoCloseable[] {application, first, second, postgres}) {
            try {
                if (opened != null) {
                    opened.close();
                }
            } catch (Exception e) {
                throw new IOException(e);
            }
        }
    }

    @BeforeEach
    void aHolder() {
        accounts++;
        phone = "1370013700" + accounts;
        rows.update(
                "insert into account (id, status, version, phone, mail, password_hash, nickname)"
                        + " values (?, 'ACTIVE', 1, ?, null, '{noop}password', 'nickname')",
                "acct-" + accounts,
                phone);
        holder = new Visitor(application.port());
        holder.login(phone, "password");
        first.answers(200, ACCEPTED);
        second.answers(200, "");
    }

    @Test
    @DisplayName(
            "a gateway that takes the message and answers too late: the second takes it too, as one send with one key")
    void aGatewayThatAnswersTooLate() {
        first.answersAfter(5000, 200, ACCEPTED);
        int before = second.calls().size();

        askForACode();
        String code = code(second, before);

        assertThat(lastOf(first).headers().getFirst("Idempotency-Key"))
                .isEqualTo(lastOf(second).headers().getFirst("Idempotency-Key"));
        await().atMost(PATIENCE).until(() -> sends() == 1);
        assertAgreed();
        assertThat(Duration.between(time("issued_at"), time("delivered_at"))).isGreaterThanOrEqualTo(TIMEOUT);
        holder.complete("输入验证码", Map.of("choice", "SUBMIT", "code", code));
        holder.complete("确认注销", Map.of("choice", "WITHDRAW"));
    }

    @Test
    @DisplayName(
            "nobody takes the message: the holder is told, nothing is used up, and the next attempt begins the code's life")
    void nobodyTakesTheMessage() {
        first.answers(200, "{\"code\": \"LIMIT\"}");
        second.answers(500, "");

        askForACode();
        await().atMost(PATIENCE).until(() -> news().equals("短信暂时没有发出去，我们会自动重试，不占用您的发送次数。您也可以稍后选择“重新发送”。"));
        assertThat(sends()).isZero();
        first.answers(200, ACCEPTED);

        await().atMost(PATIENCE).until(() -> news().equals("短信已发出，请留意查收。"));
        assertThat(sends()).isEqualTo(1);
        assertThat(time("delivered_at")).isAfter(time("issued_at").plus(Duration.ofSeconds(5)));
        assertAgreed();
        assertThat(rows.count("act_ru_incident")).isZero();
    }

    @Test
    @DisplayName(
            "a gateway had the message and never answered: it counts, for it may have gone, whatever is said later")
    void theMessageMayHaveGone() {
        first.neverAnswers();
        second.answers(500, "");
        int before = second.calls().size();

        askForACode();
        code(second, before);

        await().atMost(PATIENCE).until(this::mayHaveGone);
        assertThat(news()).isEqualTo("短信可能没有发出去，我们会自动重试。您也可以稍后选择“重新发送”。");
        first.answers(500, "");
        int refused = second.calls().size();
        await().atMost(PATIENCE)
                .until(() -> second.calls().stream().skip(refused).anyMatch(GatewaysIT::hasACode));
        assertThat(mayHaveGone()).isTrue();
        assertThat(rows.number(
                        "select count(*) from code_send where account_id = ? and under_way_until is not null",
                        "acct-" + accounts))
                .isOne();
        first.answers(200, ACCEPTED);
        await().atMost(PATIENCE).until(() -> sends() == 1);
    }

    @Test
    @DisplayName("what the gateway says of the message is what the holder reads, once")
    void whatTheGatewaySays() throws IOException, InterruptedException, GeneralSecurityException {
        int before = first.calls().size();
        askForACode();
        code(first, before);
        await().atMost(PATIENCE).until(() -> news().equals("短信已发出，请留意查收。"));
        String key = lastOf(first).headers().getFirst("Idempotency-Key");

        assertThat(receipt(key, "undelivered", "another-secret-of-more-than-32-characters"))
                .isEqualTo(401);
        assertThat(news()).isEqualTo("短信已发出，请留意查收。");
        assertThat(receipt(key, "undelivered", SECRET)).isEqualTo(204);
        assertThat(receipt(key, "delivered", SECRET)).isEqualTo(204);

        assertThat(news()).isEqualTo("短信未送达。请检查手机信号和短信拦截，然后选择“重新发送”。");
        assertThat(application.output()).doesNotContain("1370013700");
    }

    private boolean mayHaveGone() {
        return rows.number("select count(*) from code_send where account_id = ? and may_have_gone", "acct-" + accounts)
                == 1;
    }

    private void askForACode() {
        holder.start("account-deregistration");
        holder.complete("阅读注销须知", Map.of("choice", "CONTINUE", "consent", true, "channel", "SMS"));
    }

    private String news() {
        JsonNode requests = holder.get("/own-requests").json().path("open");
        return requests.path(0).path("task").path("news").asText();
    }

    private static String code(ScriptedGateway gateway, int before) {
        await().atMost(PATIENCE)
                .until(() -> gateway.calls().stream().skip(before).anyMatch(GatewaysIT::hasACode));
        Matcher code = CODE.matcher(lastOf(gateway).body());
        assertThat(code.find()).isTrue();
        return code.group(1);
    }

    /** Of those with a code: notices come beside them. */
    private static ScriptedGateway.Call lastOf(ScriptedGateway gateway) {
        List<ScriptedGateway.Call> codes =
                gateway.calls().stream().filter(GatewaysIT::hasACode).toList();
        return codes.get(codes.size() - 1);
    }

    private static boolean hasACode(ScriptedGateway.Call call) {
        return CODE.matcher(call.body()).find();
    }

    private long sends() {
        return rows.number(
                "select count(*) from code_send where account_id = ? and under_way_until is null", "acct-" + accounts);
    }

    private Instant time(String column) {
        return rows.sql("select c." + column + " from verification_code c join verification v"
                        + " on v.id = c.verification_id where v.account_id = ?")
                .param("acct-" + accounts)
                .query((row, number) -> row.getTimestamp(1).toInstant())
                .single();
    }

    /** The code lives five minutes from the accepted send, and its timer waits for exactly that. */
    private void assertAgreed() {
        assertThat(Duration.between(time("delivered_at"), time("expires_at"))).isEqualTo(Duration.ofMinutes(5));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(rows.sql("select j.duedate_ from act_ru_job j"
                                        + " join act_ru_jobdef d on d.id_ = j.job_def_id_ join verification v"
                                        + " on v.id = j.process_instance_id_"
                                        + " where d.act_id_ = 'BoundaryEvent_CodeExpired' and v.account_id = ?")
                                .param("acct-" + accounts)
                                .query((row, number) -> row.getTimestamp(1).toInstant())
                                .single())
                        .isBetween(time("expires_at").minusMillis(1), time("expires_at")));
    }

    private static int receipt(String key, String status, String secret)
            throws IOException, InterruptedException, GeneralSecurityException {
        String body = "{\"key\": \"" + key + "\", \"status\": \"" + status + "\"}";
        String timestamp = Long.toString(Instant.now().getEpochSecond());
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + application.port() + "/sms/receipts"))
                                .header("X-Timestamp", timestamp)
                                .header(
                                        "X-Signature",
                                        HexFormat.of()
                                                .formatHex(mac.doFinal(
                                                        (timestamp + "." + body).getBytes(StandardCharsets.UTF_8))))
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
