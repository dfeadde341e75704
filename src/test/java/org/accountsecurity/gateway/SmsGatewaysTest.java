package org.accountsecurity.gateway;

import static org.accountsecurity.gateway.Messaging.accepts;
import static org.accountsecurity.gateway.Messaging.messenger;
import static org.accountsecurity.gateway.Messaging.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.accountsecurity.testing.Endless;
import org.accountsecurity.testing.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What SMS gateways may do to a message, over real sockets. */
class SmsGatewaysTest {

    private static final Message CODE = new Message(
            Channel.SMS,
            "13800138001",
            "验证码",
            "验证码 123456，\"{key}\" \\ 五分钟\n",
            "key-1",
            "verification-code",
            Map.of("code", "123456"));
    private static final String SUCCESS = "{\"result\": {\"code\": \"OK\"}}";
    /** Of one gateway: 150 ms to connect, 250 ms to answer; and some for a busy machine. */
    private static final Duration BOUND = Duration.ofMillis(2 * 400 + 2000);

    private ScriptedGateway first;
    private ScriptedGateway second;

    @BeforeEach
    void open() throws IOException {
        first = new ScriptedGateway();
        second = new ScriptedGateway();
    }

    @AfterEach
    void close() {
        first.close();
        second.close();
    }

    @Test
    @DisplayName("the url alone says it: number and text are posted as JSON with the key of the message")
    void theUrlAloneSaysIt() {
        new SmsGateways(settings(Map.of("url", first.url())), event -> {}, new TestClock()).send(CODE);

        ScriptedGateway.Call call = first.calls().get(0);
        assertThat(call.body()).isEqualTo("{\"to\":\"13800138001\",\"text\":\"验证码 123456，\\\"{key}\\\" \\\\ 五分钟\\n\"}");
        assertThat(call.header("Idempotency-Key")).isEqualTo("key-1");
        assertThat(call.header("Content-Type")).isEqualTo("application/json; charset=utf-8");
        assertThat(call.headers()).doesNotContainKey("X-signature");
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    @DisplayName("a gateway that takes any 2xx answer for a yes is warned of at the start, others are not")
    void aGatewayWithoutASuccessIsWarnedOf(CapturedOutput output) {
        new SmsGateways(settings(Map.of("url", first.url())), event -> {}, new TestClock());
        assertThat(output)
                .containsOnlyOnce("Set account-security.sms.gateways[0].success")
                .containsOnlyOnce("account-security.sms.gateways[0].url in place of account-security.sms.url");

        both();
        assertThat(output).containsOnlyOnce("Set account-security.sms.gateways[");

        Map<String, String> one = properties();
        one.keySet().removeIf(name -> name.startsWith("gateways[1].success"));
        new SmsGateways(settings(one), event -> {}, new TestClock());
        assertThat(output)
                .containsOnlyOnce("Set account-security.sms.gateways[1].success")
                .containsOnlyOnce("in place of account-security.sms.url");
    }

    @Test
    @DisplayName("body, headers, template, idempotency header and signature are as configured")
    void everythingIsAsConfigured() {
        String secret = "0123456789abcdef0123456789abcdef";
        Map<String, String> configured = Map.of(
                "gateways[0].url",
                first.url(),
                "gateways[0].body",
                "{\"mobiles\": [\"+86{to}\"], \"id\": \"{key}\", \"count\": 1, \"template\": \"{template}\","
                        + " \"values\": \"{parameters}\", \"json\": \"v={parameters}\"}",
                "gateways[0].headers.Authorization",
                "Bearer token",
                "gateways[0].idempotency-header",
                "X-Request-Id",
                "gateways[0].signature-secret",
                secret,
                "gateways[0].templates.verification-code",
                "SMS_1",
                "gateways[0].templates.notice",
                "SMS_2");

        new SmsGateways(settings(configured), event -> {}, new TestClock()).send(CODE);

        ScriptedGateway.Call call = first.calls().get(0);
        assertThat(call.body())
                .isEqualTo("{\"mobiles\":[\"+8613800138001\"],\"id\":\"key-1\",\"count\":1,\"template\":\"SMS_1\","
                        + "\"values\":{\"code\":\"123456\"},\"json\":\"v={\\\"code\\\":\\\"123456\\\"}\"}");
        assertThat(call.header("Authorization")).isEqualTo("Bearer token");
        assertThat(call.header("X-Request-Id")).isEqualTo("key-1");
        assertThat(call.header("X-Timestamp")).isEqualTo(Long.toString(TestClock.START.getEpochSecond()));
        assertThat(call.header("X-Signature"))
                .isEqualTo(Signature.of(
                        secret, call.header("X-Timestamp"), call.body().getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    @DisplayName("every template that is sent by SMS is documented for the operator")
    void everyTemplateIsDocumented() throws IOException {
        String templates = Files.readString(Path.of("docs/integrators/gateways.md"))
                .replaceFirst("(?s).*\n## Templates\n(.*?)\n## .*", "$1");

        assertThat(Pattern.compile("(?m)^\\| `([a-z-]+)`")
                        .matcher(templates)
                        .results()
                        .map(row -> row.group(1)))
                .containsExactlyInAnyOrderElementsOf(Message.smsTemplates());
    }

    @Test
    @DisplayName("the signature is HMAC-SHA-256 over time, dot and body")
    void theSignatureIsAsDocumented() {
        assertThat(Signature.of("key", "1", "{}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("1ba6b8171186efc613e8bcc0cbdab2748f24984d7c5a84faa2637afa0e40d224");
    }

    static List<Consumer<ScriptedGateway>> failures() {
        return List.of(
                gateway -> gateway.answers(500, ""),
                gateway -> gateway.answers(404, SUCCESS),
                gateway -> gateway.answers(302, SUCCESS),
                gateway -> gateway.answers(200, "<html>garbage"),
                gateway -> gateway.answers(200, ""),
                gateway -> gateway.answers(200, "{\"result\": {\"code\": \"isv.BUSINESS_LIMIT_CONTROL\"}}"),
                gateway -> gateway.answers(200, "[]"),
                gateway -> gateway.answersAfter(5000, 200, SUCCESS),
                ScriptedGateway::neverAnswers,
                ScriptedGateway::answersByteByByte,
                ScriptedGateway::close);
    }

    @ParameterizedTest
    @MethodSource("failures")
    @DisplayName("whatever is not a clear yes within the time is a failure, and the second gateway takes over")
    void theSecondGatewayTakesOver(Consumer<ScriptedGateway> failure) {
        failure.accept(first);
        second.answers(200, SUCCESS);
        long begun = System.nanoTime();

        both().send(CODE);

        assertThat(second.calls()).hasSize(1);
        assertThat(second.calls().get(0).header("Idempotency-Key")).isEqualTo("key-1");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(BOUND);
    }

    @ParameterizedTest
    @MethodSource("failures")
    @DisplayName(
            "if both fail the message is not accepted, in bounded time, and the reason names neither number nor text")
    void ifBothFailItIsNotAccepted(Consumer<ScriptedGateway> failure) {
        failure.accept(first);
        failure.accept(second);
        Messenger messenger = messenger(event -> {}, both());
        long begun = System.nanoTime();

        assertThatThrownBy(() -> messenger.send(CODE))
                .isInstanceOf(MessageNotAcceptedException.class)
                .hasMessageContainingAll("gateway 0: ", "gateway 1: ")
                .hasMessageNotContaining("138")
                .hasMessageNotContaining("123456");

        assertThat(accepts(messenger, CODE)).isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(BOUND.multipliedBy(2));
    }

    @Test
    @DisplayName(
            "a message may have gone where a gateway had it and said nothing, not where one refused it or was not there")
    void aMessageMayHaveGone() {
        SmsGateways gateways = both();
        second.answers(500, "");

        first.neverAnswers();
        assertThat(notAccepted(gateways).mayHaveGone()).isTrue();
        first.answersByteByByte();
        assertThat(notAccepted(gateways).mayHaveGone()).isTrue();
        first.hangsUp();
        assertThat(notAccepted(gateways).mayHaveGone()).isTrue();
        first.answers(504, "");
        assertThat(notAccepted(both()).mayHaveGone()).isTrue();
        first.answers(200, "<html>garbage");
        assertThat(notAccepted(both()).mayHaveGone()).isTrue();
        first.answers(200, "{\"result\": {\"code\": \"LIMIT\"}}");
        assertThat(notAccepted(both()).mayHaveGone()).isFalse();
        first.answers(500, "");
        assertThat(notAccepted(both()).mayHaveGone()).isFalse();
        first.close();
        assertThat(notAccepted(both()).mayHaveGone()).isFalse();
    }

    private static MessageNotAcceptedException notAccepted(SmsGateways gateways) {
        return catchThrowableOfType(MessageNotAcceptedException.class, () -> gateways.send(CODE));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 500})
    @DisplayName("a gateway whose answer has no end is given up at the limit, and the second takes over")
    void anAnswerWithoutAnEndIsGivenUp(int status) throws InterruptedException {
        Endless body = new Endless("{\"result\": {\"code\": \"OK");
        first.answersWith(call -> body.to(call, status));
        second.answers(200, SUCCESS);

        both().send(CODE);

        assertThat(second.calls()).hasSize(1);
        assertThat(body.written()).isLessThan(Endless.MOST);
    }

    @Test
    @DisplayName("where the status says it all, nobody reads the answer")
    void whereTheStatusSaysItAll() throws InterruptedException {
        Endless body = new Endless("");
        first.answersWith(call -> body.to(call, 200));

        new SmsGateways(settings(Map.of("url", first.url())), event -> {}, new TestClock()).send(CODE);

        assertThat(first.calls()).hasSize(1);
        assertThat(body.written()).isLessThan(Endless.MOST);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("messages go over one connection, though nobody wants what the gateway says of them")
    void messagesGoOverOneConnection(boolean chunked) {
        Set<InetSocketAddress> clients = ConcurrentHashMap.newKeySet();
        byte[] body = SUCCESS.getBytes(StandardCharsets.UTF_8);
        first.answersWith(call -> {
            clients.add(call.getRemoteAddress());
            call.sendResponseHeaders(200, chunked ? 0 : body.length);
            call.getResponseBody().write(body);
        });
        SmsGateways gateways = new SmsGateways(settings(Map.of("url", first.url())), event -> {}, new TestClock());

        IntStream.range(0, 5).forEach(message -> gateways.send(CODE));

        assertThat(first.calls()).hasSize(5);
        assertThat(clients).hasSize(1);
    }

    @Test
    @DisplayName("a gateway that can't be connected to costs no more than its time")
    void aGatewayThatCantBeConnectedTo() throws IOException {
        // a backlog of one, taken: further connections hang
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Map<String, String> properties = new HashMap<>(properties());
            properties.put("gateways[0].url", "http://localhost:" + full.getLocalPort());
            second.answers(200, SUCCESS);
            long begun = System.nanoTime();

            new SmsGateways(settings(properties), event -> {}, new TestClock()).send(CODE);

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(BOUND);
        }
    }

    @Test
    @DisplayName("a gateway that keeps failing is left out, is tried again after a while, and is back once it answers")
    void theBreakerOpensAndRecovers() {
        first.answers(500, "");
        second.answers(200, SUCCESS);
        SmsGateways gateways = both();
        for (int sends = 0; sends < 4; sends++) {
            gateways.send(CODE);
        }
        assertThat(first.calls()).hasSize(4);

        gateways.send(CODE);
        assertThat(first.calls()).as("calls while it is left out").hasSize(4);
        assertThat(second.calls()).hasSize(5);

        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            gateways.send(CODE);
            assertThat(first.calls()).hasSizeGreaterThan(4);
        });
        int tried = first.calls().size();
        gateways.send(CODE);
        assertThat(first.calls()).as("calls after one more failure").hasSize(tried);

        first.answers(200, SUCCESS);
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            int before = second.calls().size();
            gateways.send(CODE);
            assertThat(second.calls()).hasSize(before);
        });
    }

    @Test
    @DisplayName("when every gateway is left out, a message is refused at once and none is asked")
    void whenEveryGatewayIsLeftOut() {
        first.answers(500, "");
        second.answers(500, "");
        Messenger messenger = messenger(event -> {}, both());
        for (int sends = 0; sends < 4; sends++) {
            assertThat(accepts(messenger, CODE)).isFalse();
        }

        assertThat(accepts(messenger, CODE)).isFalse();

        assertThat(first.calls()).hasSize(4);
        assertThat(second.calls()).hasSize(4);
    }

    private SmsGateways both() {
        return new SmsGateways(settings(properties()), event -> {}, new TestClock());
    }

    private Map<String, String> properties() {
        Map<String, String> properties = new HashMap<>();
        for (int number = 0; number < 2; number++) {
            String gateway = "gateways[" + number + "].";
            properties.put(gateway + "url", (number == 0 ? first : second).url());
            properties.put(gateway + "connect-timeout", "150ms");
            properties.put(gateway + "read-timeout", "250ms");
            properties.put(gateway + "success.pointer", "/result/code");
            properties.put(gateway + "success.value", "OK");
        }
        properties.put("breaker.calls", "4");
        properties.put("breaker.open-for", "500ms");
        return properties;
    }
}
