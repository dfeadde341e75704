package org.accountsecurity.shop.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.accountsecurity.shop.DataSet;
import org.accountsecurity.shop.DataSetFailedException;
import org.accountsecurity.shop.Erasure;
import org.accountsecurity.shop.OpenItem;
import org.accountsecurity.shop.Preview;
import org.accountsecurity.shop.RecordSink;
import org.accountsecurity.shop.Treatment;
import org.accountsecurity.shop.http.ScriptedShop.Call;
import org.accountsecurity.testing.Endless;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class HttpDataSetTest {

    private static final String ACCOUNT = "acct-10001";
    private static final String PHONE = "13800138001";
    private static final String REQUEST = "0b2c1d4e";
    private static final Treatment KEEP = new Treatment(true, Period.ofYears(3));
    private static final Treatment ERASE = new Treatment(false, Period.ZERO);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final String DONE = "{\"outcome\":\"ERASED\",\"complete\":true}";

    private ScriptedShop shop;

    @BeforeEach
    void open() throws IOException {
        shop = new ScriptedShop();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    @DisplayName("every call carries the token, every change the request id, and the account id is encoded")
    void everyCallCarriesWhatItMust() {
        shop.answers(200, "{\"items\":[{\"kind\":\"COUPON\",\"reference\":\"c-1\",\"label\":\"券\",\"amountFen\":-5}]}")
                .answers(204, "")
                .answers(200, "{\"records\":7,\"retainedUntil\":\"2029-08-31\"}")
                .answers(204, "")
                .answers(204, "")
                .answers(204, "")
                .answers(200, "{\"outcome\":\"RETAINED\",\"retainedUntil\":\"2029-08-31\",\"complete\":false}")
                .answers(200, "{\"erased\":true}");
        DataSet dataSet = shop.dataSet();
        String account = "a/b;c?d 一";

        assertThat(dataSet.openItems(account)).containsExactly(new OpenItem("COUPON", "c-1", "券", -5));
        dataSet.settle(account, List.of("c-1"), REQUEST);
        assertThat(dataSet.preview(account, KEEP)).isEqualTo(new Preview(7, LocalDate.of(2029, 8, 31)));
        dataSet.export(account, new Rows());
        dataSet.hold(account, REQUEST);
        dataSet.release(account, REQUEST);
        assertThat(dataSet.erase(account, KEEP, REQUEST))
                .isEqualTo(
                        new Erasure(Erasure.Outcome.RETAINED, LocalDate.of(2029, 8, 31), false, Duration.ofSeconds(1)));
        assertThat(dataSet.verifyErased(account)).isTrue();

        String path = " /accounts/a%2Fb%3Bc%3Fd%20%E4%B8%80/";
        assertThat(shop.calls())
                .extracting(Call::line)
                .containsExactly(
                        "GET" + path + "open-items",
                        "POST" + path + "settlements",
                        "GET" + path + "preview?anonymise=true&keepFor=P3Y",
                        "GET" + path + "export",
                        "PUT" + path + "hold",
                        "DELETE" + path + "hold",
                        "POST" + path + "erasure",
                        "GET" + path + "erasure");
        assertThat(shop.calls()).extracting(Call::authorization).containsOnly("Bearer " + ScriptedShop.TOKEN);
        assertThat(shop.calls())
                .extracting(Call::requestId)
                .containsExactly(null, REQUEST, null, null, REQUEST, REQUEST, REQUEST, null);
        assertThat(shop.calls().get(1).body()).isEqualTo("{\"references\":[\"c-1\"]}");
        assertThat(shop.calls().get(6).body()).contains("\"anonymise\":true", "\"keepFor\":\"P3Y\"");
    }

    @ParameterizedTest
    @DisplayName("a busy or broken service is asked again, under the same request")
    @ValueSource(ints = {429, 500, 502, 503})
    void aBrokenServiceIsAskedAgain(int status) {
        shop.answers(status, "").answers(200, DONE);

        assertThat(shop.dataSet().erase(ACCOUNT, ERASE, REQUEST).complete()).isTrue();

        assertThat(shop.calls()).hasSize(2).containsOnly(shop.calls().get(0));
    }

    @Test
    @DisplayName("a connection that breaks off is tried again")
    void aBrokenConnectionIsTriedAgain() {
        shop.answers(call -> {
                    call.sendResponseHeaders(200, DONE.length());
                    call.getResponseBody().write("{".getBytes(StandardCharsets.UTF_8));
                })
                .answers(200, DONE);

        assertThat(shop.dataSet().erase(ACCOUNT, ERASE, REQUEST).complete()).isTrue();
        assertThat(shop.calls()).hasSize(2);
    }

    @Test
    @DisplayName("after the configured retries it fails")
    void afterTheRetriesItFails() {
        shop.answers(503, "");

        assertThatThrownBy(() -> shop.dataSet().hold(ACCOUNT, REQUEST))
                .isInstanceOf(DataSetFailedException.class)
                .hasMessage("data set coupons: answered 503");
        assertThat(shop.calls()).hasSize(3);
        assertThatThrownBy(() -> shop.dataSet(SHORT, 0).hold(ACCOUNT, REQUEST))
                .isInstanceOf(DataSetFailedException.class);
        assertThat(shop.calls()).hasSize(4);
    }

    @Test
    @DisplayName("before each try a copy is asked whether it is still wanted, and one that is not is tried no more")
    void beforeEachTryACopyIsAsked() {
        shop.answers(503, "");
        AtomicInteger asked = new AtomicInteger();
        RecordSink sink = new RecordSink() {
            @Override
            public void columns(List<String> names) {}

            @Override
            public void record(List<String> values) {}

            @Override
            public void goOn() {
                if (asked.incrementAndGet() == 2) {
                    throw new IllegalStateException("not wanted");
                }
            }
        };

        assertThatThrownBy(() -> shop.dataSet().export(ACCOUNT, sink)).hasMessage("not wanted");

        assertThat(shop.calls()).hasSize(1);
    }

    @ParameterizedTest
    @DisplayName("any other status is a failure at once: a redirect, a promise, and what a wrong address answers")
    @ValueSource(ints = {201, 202, 302, 307, 400, 401, 403, 404, 409, 410})
    void anyOtherStatusIsAFailure(int status) {
        shop.answers(call -> {
            call.getResponseHeaders().set("Location", shop.url() + "/elsewhere");
            call.sendResponseHeaders(status, -1);
        });
        List<Consumer<DataSet>> calls = everyCall();

        assertThat(calls)
                .allSatisfy(call -> assertThatThrownBy(() -> call.accept(shop.dataSet()))
                        .isInstanceOf(DataSetFailedException.class)
                        .hasMessage("data set coupons: answered " + status));
        assertThat(shop.calls()).hasSize(calls.size());
    }

    @Test
    @DisplayName("a service that does not answer is given up after the timeout")
    void aSilentServiceIsGivenUp() {
        CountDownLatch end = new CountDownLatch(1);
        shop.answers(call -> end.await());

        assertThat(everyCall())
                .allSatisfy(call -> assertThatThrownBy(() -> call.accept(shop.dataSet(SHORT, 0)))
                        .isInstanceOf(DataSetFailedException.class)
                        .hasMessage("data set coupons: no answer, HttpTimeoutException"));
        end.countDown();
    }

    @Test
    @DisplayName("a service that falls silent within its answer is given up after the timeout")
    void aServiceThatFallsSilentIsGivenUp() {
        CountDownLatch end = new CountDownLatch(1);
        shop.answers(call -> {
            call.sendResponseHeaders(200, 0);
            call.getResponseBody().write("{\"columns\":[\"券\"]}\n[\"5\"]\n".getBytes(StandardCharsets.UTF_8));
            call.getResponseBody().flush();
            end.await();
        });
        HttpDataSet dataSet = shop.dataSet(Duration.ofSeconds(1), 0);
        Rows rows = new Rows();

        assertThatThrownBy(() -> dataSet.verifyErased(ACCOUNT))
                .isInstanceOf(DataSetFailedException.class)
                .message()
                .startsWith("data set coupons: no answer, ");
        assertThatThrownBy(() -> dataSet.export(ACCOUNT, rows))
                .hasMessage("data set coupons: no answer, HttpTimeoutException");
        assertThat(rows.rows).containsExactly(List.of("5"));
        end.countDown();
    }

    @Test
    @DisplayName("a copy may take longer than the timeout, as long as it goes on")
    void aCopyMayTakeLongerThanTheTimeout() {
        int pauses = 6;
        shop.answers(call -> {
            call.sendResponseHeaders(200, 0);
            OutputStream out = call.getResponseBody();
            out.write("{\"columns\":[\"券\"]}\n".getBytes(StandardCharsets.UTF_8));
            for (int number = 0; number < pauses; number++) {
                out.write("[\"5\"]\n".getBytes(StandardCharsets.UTF_8));
                out.flush();
                Thread.sleep(300);
            }
            out.write(("{\"records\":" + pauses + "}").getBytes(StandardCharsets.UTF_8));
        });
        Rows rows = new Rows();

        shop.dataSet(Duration.ofSeconds(1), 0).export(ACCOUNT, rows);

        assertThat(rows.rows).hasSize(pauses);
    }

    @Test
    @DisplayName("a service that does not listen is a failure")
    void aServiceThatDoesNotListenIsAFailure() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        HttpDataSet dataSet = new HttpDataSet(
                new HttpDataSetSettings("coupons", "http://localhost:" + port, "t", SHORT, 1, true), shop.clock());

        assertThatThrownBy(() -> dataSet.verifyErased(ACCOUNT))
                .isInstanceOf(DataSetFailedException.class)
                .hasMessage("data set coupons: no answer, ConnectException");
        assertThatThrownBy(() -> dataSet.export(ACCOUNT, new Rows()))
                .hasMessage("data set coupons: no answer, ConnectException");
    }

    @ParameterizedTest
    @DisplayName("an answer that does not say so in the right type is never a success")
    @MethodSource
    void anUnusableAnswerIsAFailure(String call, String body) {
        shop.answers(200, body);
        DataSet dataSet = shop.dataSet();

        Throwable failure = catchThrowable(() -> {
            switch (call) {
                case "openItems" -> dataSet.openItems(ACCOUNT);
                case "preview" -> dataSet.preview(ACCOUNT, KEEP);
                case "previewOfErasure" -> dataSet.preview(ACCOUNT, ERASE);
                case "erase" -> dataSet.erase(ACCOUNT, KEEP, REQUEST);
                case "eraseAll" -> dataSet.erase(ACCOUNT, ERASE, REQUEST);
                default -> dataSet.verifyErased(ACCOUNT);
            }
        });

        assertThat(failure).isInstanceOf(DataSetFailedException.class);
        assertThat(shop.calls()).hasSize(1);
    }

    static Stream<Arguments> anUnusableAnswerIsAFailure() {
        String item = "{\"items\":[{\"kind\":\"A\",\"reference\":\"r\",\"label\":\"l\",\"amountFen\":1}]}";
        return Stream.of(
                        of("openItems", "{}", "{\"items\":null}", "{\"items\":{}}", "{\"items\":[null]}", "[]"),
                        of("openItems", "{\"items\":[{}]}", item.replace("1", "1.5"), item.replace("1", "\"1\"")),
                        of("openItems", item.replace("\"r\"", "\" \""), item.replace("\"l\"", "7")),
                        of("openItems", item.replace("\"A\"", "null"), item.replace(",\"amountFen\":1", "")),
                        of("preview", "{}", "{\"records\":\"3\"}", "{\"records\":-1}", "{\"records\":null}"),
                        of(
                                "preview",
                                "{\"records\":1,\"retainedUntil\":\"soon\"}",
                                "{\"records\":1,\"retainedUntil\":3}"),
                        of("preview", "{\"records\":99999999999999999999}", "{\"records\":1}}", "{\"records\":1"),
                        of("previewOfErasure", "{\"records\":1,\"retainedUntil\":\"2029-01-01\"}"),
                        of("erase", "{}", "{\"complete\":true}", "{\"outcome\":\"ERASED\"}"),
                        of("erase", erasure("\"DONE\"", "null", "true"), erasure("1", "null", "true")),
                        of("erase", erasure("\"ERASED\"", "null", "\"true\""), erasure("\"ERASED\"", "null", "1")),
                        of("erase", erasure("\"erased\"", "null", "true"), erasure("null", "null", "true")),
                        of("erase", erasure("\"RETAINED\"", "null", "true"), erasure("\"RETAINED\"", "\"\"", "true")),
                        of("erase", erasure("\"RETAINED\"", "\"2029-02-30\"", "true")),
                        of("erase", erasure("\"ERASED\"", "\"2029-01-01\"", "true")),
                        of("eraseAll", erasure("\"RETAINED\"", "\"2029-01-01\"", "true")),
                        of("eraseAll", erasure("\"ANONYMISED\"", "null", "true")),
                        of("verifyErased", "", "{}", "null", "true", "[true]", "{\"erased\":null}"),
                        of("verifyErased", "{\"erased\":\"true\"}", "{\"erased\":1}", "{\"Erased\":true}"),
                        of(
                                "verifyErased",
                                "<html>200</html>",
                                "{\"erased\":true",
                                "{\"erased\":true} x",
                                "{erased:true}"))
                .flatMap(cases -> cases);
    }

    private static Stream<Arguments> of(String call, String... bodies) {
        return Arrays.stream(bodies).map(body -> Arguments.of(call, body));
    }

    private static String erasure(String outcome, String retainedUntil, String complete) {
        return "{\"outcome\":" + outcome + ",\"retainedUntil\":" + retainedUntil + ",\"complete\":" + complete + "}";
    }

    @ParameterizedTest
    @DisplayName("no failure quotes an address, an account, the token or a word of the answer")
    @CsvSource({"200", "204", "302", "400", "404", "429", "500"})
    void noFailureQuotesAnything(int status) {
        shop.answers(call -> {
            byte[] body =
                    ("{\"erased\":\"" + PHONE + "\",\"columns\":\"" + PHONE + "\"}").getBytes(StandardCharsets.UTF_8);
            call.getResponseHeaders().set("Location", "/" + PHONE);
            call.sendResponseHeaders(status, status == 204 ? -1 : body.length);
            if (status != 204) {
                call.getResponseBody().write(body);
            }
        });
        List<Consumer<DataSet>> calls = List.of(
                dataSet -> dataSet.openItems(ACCOUNT),
                dataSet -> dataSet.preview(ACCOUNT, KEEP),
                dataSet -> dataSet.erase(ACCOUNT, KEEP, REQUEST),
                dataSet -> dataSet.verifyErased(ACCOUNT));

        assertThat(calls)
                .allSatisfy(call -> assertThat(trace(() -> call.accept(shop.dataSet(SHORT, 1))))
                        .doesNotContain(PHONE, ACCOUNT, ScriptedShop.TOKEN, REQUEST, "localhost", "accounts/")
                        .contains("data set coupons"));
        if (status != 204) {
            assertThat(trace(() -> shop.dataSet(SHORT, 1).export(ACCOUNT, new Rows())))
                    .doesNotContain(PHONE, ACCOUNT, ScriptedShop.TOKEN, "localhost", "accounts/");
        }
    }

    @Test
    @DisplayName("no failure of a connection quotes anything either")
    void noFailureOfAConnectionQuotesAnything() {
        shop.close();

        assertThat(everyCall())
                .allSatisfy(call -> assertThat(trace(() -> call.accept(shop.dataSet(SHORT, 1))))
                        .doesNotContain(ACCOUNT, ScriptedShop.TOKEN, "localhost", "accounts/")
                        .contains("data set coupons"));
    }

    @Test
    @DisplayName("100,000 records stream: the first arrives before the last is written, and none is kept")
    void recordsStream() {
        int count = 100_000;
        CountDownLatch firstArrived = new CountDownLatch(1);
        AtomicBoolean inTime = new AtomicBoolean();
        AtomicInteger arrived = new AtomicInteger();
        AtomicInteger furthestAhead = new AtomicInteger();
        AtomicInteger written = new AtomicInteger();
        shop.answers(call -> {
            call.sendResponseHeaders(200, 0);
            OutputStream out = call.getResponseBody();
            out.write("{\"columns\":[\"券\",\"面额\"]}\n[\"第一张\",null]\n".getBytes(StandardCharsets.UTF_8));
            out.flush();
            written.set(1);
            inTime.set(firstArrived.await(10, TimeUnit.SECONDS));
            byte[] line = ("[\"" + "满减券".repeat(40) + "\",\"5.00\"]\n").getBytes(StandardCharsets.UTF_8);
            for (int number = 1; number < count; number++) {
                out.write(line);
                written.incrementAndGet();
            }
            out.write(("{\"records\":" + count + "}\n").getBytes(StandardCharsets.UTF_8));
        });

        shop.dataSet().export(ACCOUNT, new RecordSink() {
            @Override
            public void columns(List<String> names) {
                assertThat(names).containsExactly("券", "面额");
            }

            @Override
            public void record(List<String> values) {
                assertThat(values).hasSize(2);
                furthestAhead.accumulateAndGet(written.get() - arrived.incrementAndGet(), Math::max);
                firstArrived.countDown();
            }
        });

        assertThat(inTime).as("the first arrived before the second was written").isTrue();
        assertThat(arrived).hasValue(count);
        assertThat(furthestAhead.get()).as("records written and not yet taken").isLessThan(count / 2);
    }

    @ParameterizedTest
    @DisplayName("a copy that is not whole is a failure, and is not read a second time")
    @ValueSource(
            strings = {
                "",
                "[\"5\"]\n{\"records\":1}\n",
                "{\"columns\":[]}\n{\"records\":0}\n",
                "{\"columns\":[null]}\n{\"records\":0}\n",
                "{\"columns\":[\"券\"]}\n",
                "{\"columns\":[\"券\"]}\n[\"5\"]\n",
                "{\"columns\":[\"券\"]}\n[\"5\"]\n{\"records\":2}\n",
                "{\"columns\":[\"券\"]}\n[\"5\"]\n{\"records\":1}\n[\"6\"]\n",
                "{\"columns\":[\"券\"]}\n[\"5\",\"6\"]\n{\"records\":1}\n",
                "{\"columns\":[\"券\"]}\n[]\n{\"records\":1}\n",
                "{\"columns\":[\"券\"]}\n[5]\n{\"records\":1}\n",
                "{\"columns\":[\"券\"]}\n[\"5\n{\"records\":1}\n",
                "{\"columns\":[\"券\"]}\n\n[\"5\"]\n{\"records\":1}\n",
                "{\"columns\":[\"券\"]}\n{\"error\":\"13800138001\"}\n"
            })
    void aCopyThatIsNotWholeIsAFailure(String body) {
        shop.answers(200, body);

        assertThatThrownBy(() -> shop.dataSet().export(ACCOUNT, new Rows()))
                .isInstanceOf(DataSetFailedException.class)
                .message()
                .startsWith("data set coupons: ")
                .doesNotContain(PHONE);
        assertThat(shop.calls()).hasSize(1);
    }

    @Test
    @DisplayName("a copy in another encoding is a failure, and so is one whose connection breaks off")
    void aCopyThatBreaksOffIsAFailure() {
        shop.answers(call -> {
                    call.sendResponseHeaders(200, 0);
                    call.getResponseBody().write("{\"columns\":[\"é\"]}\n".getBytes(StandardCharsets.ISO_8859_1));
                })
                .answers(call -> {
                    call.sendResponseHeaders(200, 1_000);
                    call.getResponseBody().write("{\"columns\":[\"券\"]}\n[\"5\"]\n".getBytes(StandardCharsets.UTF_8));
                });

        assertThatThrownBy(() -> shop.dataSet().export(ACCOUNT, new Rows()))
                .hasMessage("data set coupons: no answer, MalformedInputException");
        Rows rows = new Rows();
        assertThatThrownBy(() -> shop.dataSet().export(ACCOUNT, rows)).isInstanceOf(DataSetFailedException.class);
        assertThat(rows.rows).hasSize(1);
        assertThat(shop.calls()).hasSize(2);
    }

    @Test
    @DisplayName("the opening of a copy is tried again, and none is no failure")
    void theOpeningOfACopyIsTriedAgain() {
        shop.answers(503, "")
                .answers(200, "{\"columns\":[\"券\"]}\n[\"5\"]\n{\"records\":1}")
                .answers(204, "");
        Rows rows = new Rows();

        shop.dataSet().export(ACCOUNT, rows);
        shop.dataSet().export(ACCOUNT, rows);

        assertThat(rows.rows).containsExactly(List.of("5"));
        assertThat(shop.calls()).hasSize(3);
    }

    @ParameterizedTest
    @DisplayName("an answer without an end is given up at its limit, whatever was asked, and is not asked for again")
    @ValueSource(strings = {"openItems", "settle", "erase", "verifyErased"})
    void anAnswerWithoutAnEndIsGivenUp(String call) throws InterruptedException {
        Endless body = new Endless("{\"items\":[],\"outcome\":\"ERASED\",\"complete\":true,\"erased\":true,\"x\":\"");
        shop.answers(answer -> body.to(answer, 200));
        DataSet dataSet = shop.dataSet();

        assertThatThrownBy(() -> {
                    switch (call) {
                        case "openItems" -> dataSet.openItems(ACCOUNT);
                        case "settle" -> dataSet.settle(ACCOUNT, List.of("c-1"), REQUEST);
                        case "erase" -> dataSet.erase(ACCOUNT, ERASE, REQUEST);
                        default -> dataSet.verifyErased(ACCOUNT);
                    }
                })
                .hasMessage("data set coupons: the answer is larger than " + ShopService.ANSWER_BYTES + " bytes");

        assertThat(body.written()).isLessThan(Endless.MOST);
        assertThat(shop.calls()).hasSize(1);
    }

    @Test
    @DisplayName("the body of a failure is not read to its end either")
    void theBodyOfAFailureIsNotRead() throws InterruptedException {
        Endless body = new Endless("");
        shop.answers(answer -> body.to(answer, 400));

        assertThatThrownBy(() -> shop.dataSet().openItems(ACCOUNT)).hasMessage("data set coupons: answered 400");

        assertThat(body.written()).isLessThan(Endless.MOST);
    }

    @Test
    @DisplayName("a copy whose line has no end is given up at the limit of a line")
    void aLineWithoutAnEndIsGivenUp() throws InterruptedException {
        Endless body = new Endless("{\"columns\":[\"券\"]}\n[\"");
        shop.answers(answer -> body.to(answer, 200));
        Rows rows = new Rows();

        assertThatThrownBy(() -> shop.dataSet().export(ACCOUNT, rows))
                .hasMessage(
                        "data set coupons: the answer is larger than " + ShopService.LINE_BYTES + " bytes in a line");

        assertThat(rows.rows).isEmpty();
        assertThat(body.written()).isLessThan(Endless.MOST);
    }

    @ParameterizedTest
    @DisplayName("an answer and a line may be as large as their limit, and not a byte larger")
    @CsvSource({"0, true", "1, false"})
    void anAnswerMayBeAsLargeAsItsLimit(int more, boolean good) {
        String answer = "{\"erased\":true}";
        shop.answers(200, answer + " ".repeat(ShopService.ANSWER_BYTES - answer.length() + more))
                .answers(
                        200,
                        "{\"columns\":[\"券\"]}\n[\"" + "x".repeat(ShopService.LINE_BYTES - 4 + more)
                                + "\"]\n{\"records\":1}\n");
        Rows rows = new Rows();

        Throwable ofTheAnswer = catchThrowable(() -> shop.dataSet().verifyErased(ACCOUNT));
        Throwable ofTheLine = catchThrowable(() -> shop.dataSet().export(ACCOUNT, rows));

        assertThat(ofTheAnswer == null).isEqualTo(good);
        assertThat(ofTheLine == null).isEqualTo(good);
        assertThat(rows.rows).hasSize(good ? 1 : 0);
    }

    @Test
    @DisplayName("an answer that drips is given up after the timeout: it is one for the whole")
    void anAnswerThatDripsIsGivenUp() {
        CountDownLatch end = new CountDownLatch(1);
        shop.answers(call -> {
            call.sendResponseHeaders(200, 0);
            while (!end.await(20, TimeUnit.MILLISECONDS)) {
                call.getResponseBody().write(' ');
                call.getResponseBody().flush();
            }
        });

        assertThatThrownBy(() -> shop.dataSet(SHORT, 0).verifyErased(ACCOUNT))
                .hasMessage("data set coupons: no answer, HttpTimeoutException");
        end.countDown();
    }

    @Test
    @DisplayName("a copy that is not wanted any more is read no further, within a line, too")
    void aCopyThatIsNotWantedIsReadNoFurther() throws InterruptedException {
        Endless body = new Endless("{\"columns\":[\"券\"]}\n[\"");
        shop.answers(answer -> body.to(answer, 200));
        RecordSink unwanted = new RecordSink() {
            @Override
            public void columns(List<String> names) {}

            @Override
            public void record(List<String> values) {}

            @Override
            public void goOn() {
                if (!shop.calls().isEmpty()) {
                    throw new IllegalStateException("not wanted");
                }
            }
        };

        assertThatThrownBy(() -> shop.dataSet().export(ACCOUNT, unwanted)).hasMessage("not wanted");

        assertThat(body.written()).isLessThan(Endless.MOST);
    }

    @ParameterizedTest
    @DisplayName("a service that says when it wants to be asked again is left alone until then, by all for two minutes")
    @CsvSource({
        "429, 120, 120, 120",
        "503, ' 60 ', 60, 60",
        "429, date, 90, 90",
        "503, 86400, 3600, 120",
        "500, 99999999999999999999, 3600, 120"
    })
    void aServiceIsLeftAlone(int status, String header, long told, long kept) {
        Instant later = shop.clock().instant().plusSeconds(90);
        String value = header.equals("date")
                ? DateTimeFormatter.RFC_1123_DATE_TIME.format(later.atOffset(ZoneOffset.UTC))
                : header;
        shop.answers(call -> {
                    call.getResponseHeaders().set("Retry-After", value);
                    call.sendResponseHeaders(status, -1);
                })
                .answers(200, DONE);
        DataSet dataSet = shop.dataSet();

        Duration silence = Duration.ofSeconds(kept);
        assertThat(pauseOf(() -> dataSet.erase(ACCOUNT, ERASE, REQUEST))).contains(Duration.ofSeconds(told));
        assertThat(pauseOf(() -> dataSet.openItems(ACCOUNT))).contains(silence);
        assertThat(pauseOf(() -> dataSet.export(ACCOUNT, new Rows()))).contains(silence);
        shop.clock().forward(silence.minusMillis(1));
        assertThat(pauseOf(() -> dataSet.erase(ACCOUNT, ERASE, REQUEST))).contains(Duration.ofMillis(1));
        assertThat(shop.calls()).hasSize(1);
        shop.clock().forward(Duration.ofMillis(1));

        assertThat(dataSet.erase(ACCOUNT, ERASE, REQUEST).complete()).isTrue();
        assertThat(shop.calls()).hasSize(2);
    }

    @ParameterizedTest
    @DisplayName("a Retry-After that says nothing, or nothing of the future, keeps nobody waiting")
    @ValueSource(strings = {"soon", "-5", "0", "1.5", "", "Mon, 23 Nov 2026 01:00:00 GMT"})
    void aRetryAfterThatSaysNothing(String value) {
        shop.answers(call -> {
                    call.getResponseHeaders().set("Retry-After", value);
                    call.sendResponseHeaders(503, -1);
                })
                .answers(200, DONE);

        assertThat(shop.dataSet().erase(ACCOUNT, ERASE, REQUEST).complete()).isTrue();
        assertThat(shop.calls()).hasSize(2);
    }

    @Test
    @DisplayName("an erasure that is not complete is called again after a second at the earliest, or when it says")
    void anErasureThatIsNotComplete() {
        String more = DONE.replace("true", "false");
        shop.answers(200, more).answers(call -> {
            call.getResponseHeaders().set("Retry-After", "30");
            call.sendResponseHeaders(200, more.length());
            call.getResponseBody().write(more.getBytes(StandardCharsets.UTF_8));
        });
        DataSet dataSet = shop.dataSet();

        assertThat(dataSet.erase(ACCOUNT, ERASE, REQUEST).pause()).isEqualTo(Duration.ofSeconds(1));
        assertThat(dataSet.erase(ACCOUNT, ERASE, REQUEST).pause()).isEqualTo(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @DisplayName("an integer may be written with a point or an exponent, as the API's schema allows it")
    @CsvSource({
        "3.0, 3",
        "1e3, 1000",
        "-1.50E+2, -150",
        "9223372036854775807, 9223372036854775807",
        "-9223372036854775808, -9223372036854775808",
        "9.223372036854775807e18, 9223372036854775807",
        "0e99, 0"
    })
    void anIntegerMayBeWrittenInManyWays(String written, long fen) {
        shop.answers(200, item("SUBSCRIPTION", "sub-81", "订阅", written));

        assertThat(shop.dataSet().openItems(ACCOUNT))
                .containsExactly(new OpenItem("SUBSCRIPTION", "sub-81", "订阅", fen));
    }

    @ParameterizedTest
    @DisplayName("what is no integer of 64 bits is a failure that says which field")
    @ValueSource(strings = {"3.5", "9223372036854775808", "1e19", "1e999999999", "1e-3", "\"3\"", "null", "true"})
    void whatIsNoIntegerIsAFailure(String written) {
        shop.answers(200, item("SUBSCRIPTION", "sub-81", "订阅", written));

        assertThatThrownBy(() -> shop.dataSet().openItems(ACCOUNT))
                .hasMessage("data set coupons: the answer has no usable field amountFen");
    }

    @Test
    @DisplayName("an item whose key is too long is refused with a sentence that quotes nothing")
    void anItemWhoseKeyIsTooLongIsRefused() {
        shop.answers(200, item("A".repeat(OpenItem.KIND_LENGTH + 1), "r", "l", "0"))
                .answers(200, item("A", "r".repeat(OpenItem.REFERENCE_LENGTH + 1), "l", "0"))
                .answers(200, item("A", "r\\u0000", "l", "0"))
                .answers(200, item("A", "r", "\\u0000", "0"));
        DataSet dataSet = shop.dataSet();

        assertThatThrownBy(() -> dataSet.openItems(ACCOUNT))
                .hasMessage("data set coupons: the kind of an open item has to be 1 to 64 characters without control"
                        + " characters");
        String reference =
                "data set coupons: the reference of an open item has to be 1 to 100 characters without control"
                        + " characters";
        assertThatThrownBy(() -> dataSet.openItems(ACCOUNT)).hasMessage(reference);
        assertThatThrownBy(() -> dataSet.openItems(ACCOUNT)).hasMessage(reference);
        assertThatThrownBy(() -> dataSet.openItems(ACCOUNT))
                .hasMessage("data set coupons: the label of an open item has to say something");
    }

    @ParameterizedTest
    @DisplayName("a date has four digits of the year: no database has the others")
    @ValueSource(strings = {"+999999999-12-31", "-0001-01-01", "12029-01-01", "2029-1-1", "2029-02-29"})
    void aDateHasFourDigitsOfTheYear(String date) {
        shop.answers(200, "{\"records\":1,\"retainedUntil\":\"" + date + "\"}");

        assertThatThrownBy(() -> shop.dataSet().preview(ACCOUNT, KEEP))
                .hasMessage("data set coupons: the answer has no usable field retainedUntil");
    }

    private static String item(String kind, String reference, String label, String amountFen) {
        return "{\"items\":[{\"kind\":\"" + kind + "\",\"reference\":\"" + reference + "\",\"label\":\"" + label
                + "\",\"amountFen\":" + amountFen + "}]}";
    }

    private static Optional<Duration> pauseOf(ThrowingCallable call) {
        return catchThrowableOfType(DataSetFailedException.class, call).pause();
    }

    private static List<Consumer<DataSet>> everyCall() {
        return List.of(
                dataSet -> dataSet.openItems(ACCOUNT),
                dataSet -> dataSet.settle(ACCOUNT, List.of("c-1"), REQUEST),
                dataSet -> dataSet.preview(ACCOUNT, KEEP),
                dataSet -> dataSet.export(ACCOUNT, new Rows()),
                dataSet -> dataSet.hold(ACCOUNT, REQUEST),
                dataSet -> dataSet.release(ACCOUNT, REQUEST),
                dataSet -> dataSet.erase(ACCOUNT, KEEP, REQUEST),
                dataSet -> dataSet.verifyErased(ACCOUNT));
    }

    private static String trace(Runnable call) {
        Throwable failure = catchThrowable(call::run);
        assertThat(failure).isInstanceOf(DataSetFailedException.class);
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private static final class Rows implements RecordSink {

        private final List<List<String>> rows = new ArrayList<>();

        @Override
        public void columns(List<String> names) {
            assertThat(names).isNotEmpty();
        }

        @Override
        public void record(List<String> values) {
            rows.add(values);
        }
    }
}
