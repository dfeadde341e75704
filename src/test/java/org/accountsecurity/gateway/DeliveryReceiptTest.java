package org.accountsecurity.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.accountsecurity.testing.JourneyTest;
import org.accountsecurity.testing.Snapshot;
import org.accountsecurity.testing.Visitor;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What gateways may say of messages, and who may say it. */
class DeliveryReceiptTest extends JourneyTest {

    private static final String SECRET = "a-secret-that-the-gateways-of-the-tests-know";
    private static final String ENTER_CODE = "UserTask_EnterCode";

    private ProcessInstance request;
    private String key;

    @BeforeEach
    void aCodeIsSent() {
        request = sent("acct-10001");
        key = rows.text("select id from verification_code");
    }

    @ParameterizedTest
    @CsvSource({"delivered,   短信已送达。", "undelivered, 短信未送达。可换邮箱接收：请选择“换一种方式接收”。"})
    @DisplayName("what the gateway says stands in the form, and where the holder's requests stand")
    void whatTheGatewaySaysStandsInTheForm(String status, String sentence) {
        Visitor holder = new Visitor(port);
        holder.login("13800138001", "Demo-10001");
        assertThat(shown()).isEqualTo("短信已发出，请留意查收。");

        assertThat(say(key, status)).isEqualTo(204);

        assertThat(shown()).isEqualTo(sentence);
        assertThat(holder.get("/own-requests")
                        .json()
                        .path("open")
                        .path(0)
                        .path("task")
                        .path("news")
                        .asText())
                .isEqualTo(sentence);
    }

    @Test
    @DisplayName("who has no other address is told what to do about an undelivered message")
    void whoHasNoOtherAddress() {
        rows.update("update account set mail = null where id = 'acct-10004'");
        ProcessInstance other = sent("acct-10004");
        String otherKey = rows.text("select id from verification_code where id <> ?", key);

        say(otherKey, "undelivered");

        assertThat(journey.shown(other, ENTER_CODE, "delivery")).isEqualTo("短信未送达。请检查手机信号和短信拦截，然后选择“重新发送”。");
        assertThat(shown()).isEqualTo("短信已发出，请留意查收。");
    }

    @Test
    @DisplayName("a replayed receipt, and a later one that says otherwise, change nothing and are answered alike")
    void aReplayedReceiptChangesNothing() {
        String body = body(key, "delivered");
        String timestamp = now();
        String signature = sign(timestamp, body);
        assertThat(post(timestamp, signature, body)).isEqualTo(204);
        Snapshot before = Snapshot.of(jdbc);
        clock.forward(Duration.ofMinutes(1));

        assertThat(post(timestamp, signature, body)).isEqualTo(204);
        assertThat(say(key, "undelivered")).isEqualTo(204);

        assertThat(Snapshot.of(jdbc).changedSince(before)).isEmpty();
        assertThat(shown()).isEqualTo("短信已送达。");
    }

    @Test
    @DisplayName("a receipt of an unknown message is answered like any other and touches no code")
    void aReceiptOfAnUnknownMessage() {
        assertThat(say("nobody-knows-it", "undelivered")).isEqualTo(204);

        assertThat(shown()).isEqualTo("短信已发出，请留意查收。");
    }

    @Test
    @DisplayName("a receipt of a code that was used or replaced changes nothing for the holder")
    void aLateReceiptChangesNothing() {
        clock.forward(Duration.ofMinutes(1));
        journey.submit(request, ENTER_CODE, "choice", "RESEND");
        journey.deliverCodes();

        assertThat(say(key, "undelivered")).isEqualTo(204);

        assertThat(shown()).isEqualTo("短信已发出，请留意查收。");
        journey.submit(request, ENTER_CODE, "choice", "SUBMIT", "code", journey.code("13800138001"));
        assertThat(journey.waitsAt(request, "UserTask_ConfirmDeregistration")).isTrue();
    }

    @Test
    @DisplayName("whoever does not know the secret, or signed another body or time, says nothing")
    void aForgedReceiptSaysNothing() {
        String body = body(key, "delivered");
        Snapshot before = Snapshot.of(jdbc);

        assertThat(post(now(), Signature.of("another secret", now(), bytes(body)), body))
                .isEqualTo(401);
        assertThat(post(now(), sign(now(), body(key, "undelivered")), body)).isEqualTo(401);
        assertThat(post(now(), sign("1" + now(), body), body)).isEqualTo(401);
        assertThat(post(now(), "", body)).isEqualTo(401);
        assertThat(post("", sign("", body), body)).isEqualTo(401);
        assertThat(post("soon", sign("soon", body), body)).isEqualTo(401);

        assertThat(Snapshot.of(jdbc).changedSince(before)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {-301, 301})
    @DisplayName("a signature is good for five minutes before and after")
    void aSignatureIsGoodForFiveMinutes(long seconds) {
        String body = body(key, "delivered");
        String outside = Long.toString(clock.instant().getEpochSecond() + seconds);
        String inside = Long.toString(clock.instant().getEpochSecond() + seconds - Long.signum(seconds));

        assertThat(post(outside, sign(outside, body), body)).isEqualTo(401);
        assertThat(shown()).isEqualTo("短信已发出，请留意查收。");
        assertThat(post(inside, sign(inside, body), body)).isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no json",
                "[]",
                "{}",
                "{\"key\": \"key\"}",
                "{\"key\": \"key\", \"status\": \"perhaps\"}",
                "{\"key\": \"ke y\", \"status\": \"delivered\"}",
                "{\"key\": \"\", \"status\": \"delivered\"}"
            })
    @DisplayName("a signed receipt that says nothing sensible is refused")
    void aReceiptThatSaysNothingSensible(String body) {
        Snapshot before = Snapshot.of(jdbc);

        assertThat(post(now(), sign(now(), body), body)).isEqualTo(400);

        assertThat(Snapshot.of(jdbc).changedSince(before)).isEmpty();
    }

    @Test
    @DisplayName("a large body is refused before its signature is looked at")
    void aLargeBodyIsRefused() {
        String body = body("x".repeat(2000), "delivered");

        assertThat(post(now(), sign(now(), body), body)).isEqualTo(413);
    }

    @Test
    @DisplayName("nothing else is open there, and no session begins")
    void nothingElseIsOpenThere() {
        assertThat(new Visitor(port).get("/sms/receipts").location()).contains("/login");
        assertThat(new Visitor(port).get("/sms/receipts/").location()).contains("/login");
        HttpResponse<Void> answer = answer(now(), sign(now(), body(key, "delivered")), body(key, "delivered"));

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().map()).doesNotContainKey("set-cookie");
    }

    private ProcessInstance sent(String holder) {
        ProcessInstance begun = journey.start("account-deregistration", holder);
        journey.submit(begun, "UserTask_ReadNotice", "choice", "CONTINUE", "consent", true, "channel", "SMS");
        journey.deliverCodes();
        return begun;
    }

    private String shown() {
        return (String) journey.shown(request, ENTER_CODE, "delivery");
    }

    private String now() {
        return Long.toString(clock.instant().getEpochSecond());
    }

    private int say(String messageKey, String status) {
        String body = body(messageKey, status);
        return post(now(), sign(now(), body), body);
    }

    private static String body(String messageKey, String status) {
        return "{\"key\": \"" + messageKey + "\", \"status\": \"" + status + "\"}";
    }

    private static String sign(String timestamp, String body) {
        return Signature.of(SECRET, timestamp, bytes(body));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private int post(String timestamp, String signature, String body) {
        return answer(timestamp, signature, body).statusCode();
    }

    private HttpResponse<Void> answer(String timestamp, String signature, String body) {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/sms/receipts"))
                                    .header("Content-Type", "application/json")
                                    .header("X-Timestamp", timestamp)
                                    .header("X-Signature", signature)
                                    .POST(HttpRequest.BodyPublishers.ofString(body))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
