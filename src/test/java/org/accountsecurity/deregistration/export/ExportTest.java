package org.accountsecurity.deregistration.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.accountsecurity.request.HolderRequests;
import org.accountsecurity.testing.JourneyTest;
import org.accountsecurity.testing.Visitor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class ExportTest extends JourneyTest {

    private static final String HOLDER = "acct-10001";
    private static final Duration KEPT_FOR = Duration.ofDays(3);

    @Autowired
    DataExports exports;

    @Autowired
    ExportMaking making;

    @Autowired
    HolderRequests requests;

    @Autowired
    PlatformTransactionManager transactions;

    private String request;

    @BeforeEach
    void aHolderHasARequest() {
        request = open(HOLDER);
    }

    @Test
    @DisplayName("the holder downloads everything the shop has a copy of, in the own session")
    void theHolderDownloadsEverything() throws IOException, InterruptedException {
        prepare(request);

        HttpResponse<byte[]> answer = send("GET", holder());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/zip");
        assertThat(answer.headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"account-data.zip\"");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(answer.headers().firstValue("Content-Length")).contains("" + answer.body().length);
        Map<String, byte[]> files = DataArchiveTest.files(answer.body());
        assertThat(files)
                .containsOnlyKeys(
                        "index.html",
                        "addresses.csv",
                        "addresses.json",
                        "favourites.csv",
                        "favourites.json",
                        "orders.csv",
                        "orders.json",
                        "profile.csv",
                        "profile.json");
        assertThat(text(files, "index.html"))
                .contains("<h2>交易记录</h2>", "<h2>收货地址</h2>", "<h2>收藏</h2>", "<h2>订阅</h2>", "没有记录")
                .contains("云南小粒咖啡豆 500g", "杭州市西湖区文三路 1 号", "demo-10001@example.com", "生成时间：2026-11-23 10:00")
                .doesNotContain("钱包", "bcrypt");
        assertThat(new ObjectMapper()
                        .readTree(files.get("orders.json"))
                        .get(0)
                        .get("金额（元）")
                        .textValue())
                .isEqualTo("88.00");
        assertThat(text(files, "addresses.csv")).contains("林一,13800138001,杭州市西湖区文三路 1 号\r\n");
    }

    @Test
    @DisplayName("another holder gets nothing, whatever the request says")
    void anotherHolderGetsNothing() {
        prepare(request);
        open("acct-10004");
        Visitor other = new Visitor(port);
        other.login("13800138004", "Demo-10004");

        assertThat(other.get("/export").status()).isEqualTo(404);
        assertThat(other.get("/export?requestId=" + request + "&accountId=" + HOLDER)
                        .status())
                .isEqualTo(404);
        assertThat(other.get("/export/" + request).status()).isEqualTo(403);
    }

    @Test
    @DisplayName("who is not logged in is led to the login")
    void whoIsNotLoggedInIsLedToTheLogin() {
        prepare(request);

        Visitor.Answer answer = new Visitor(port).get("/export");

        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.location()).endsWith("/login");
    }

    @ParameterizedTest
    @DisplayName("staff get nobody's copy")
    @ValueSource(strings = {"admin", "owner", "support"})
    void staffGetNobodysCopy(String staff) {
        prepare(request);
        Visitor visitor = new Visitor(port);
        visitor.login(staff, staff);

        assertThat(visitor.get("/export").status()).isEqualTo(403);
    }

    @Test
    @DisplayName("without an export the page says why and what to do")
    void withoutAnExportThePageSaysWhatToDo() {
        Visitor.Answer answer = holder().get("/export");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("Content-Type")).startsWith("text/html");
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(answer.body()).contains("现在没有可以下载的备份", "再重新申请");
    }

    @Test
    @DisplayName("the page of a copy that is being made comes again by itself, and then is the copy")
    void thePageOfACopyThatIsBeingMadeComesAgain() {
        exports.order(request);
        Visitor holder = holder();

        Visitor.Answer answer = holder.get("/export");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.header("Refresh")).isEqualTo("3");
        assertThat(answer.body()).contains("正在打包", "会自动开始下载").doesNotContain("再重新申请");
        making.makeNext();
        assertThat(holder.get("/export").header("Content-Disposition")).contains("account-data.zip");
    }

    @Test
    @DisplayName("a HEAD request learns the size and gets nothing")
    void aHeadRequestLearnsTheSize() throws IOException, InterruptedException {
        prepare(request);

        HttpResponse<byte[]> answer = send("HEAD", holder());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValueAsLong("Content-Length"))
                .hasValue(exports.find(HOLDER).orElseThrow().bytes());
        assertThat(answer.body()).isEmpty();
    }

    @Test
    @DisplayName("nothing is changed by a visit")
    void aPostIsRefused() {
        prepare(request);

        assertThat(holder().post("/export", Map.of()).status()).isEqualTo(403);
        assertThat(exports.find(HOLDER)).isPresent();
    }

    @Test
    @DisplayName("the export is gone when its time is over, and its rows with the next purge")
    void theExportIsGoneWhenItsTimeIsOver() {
        prepare(request);
        Visitor holder = holder();

        clock.forward(KEPT_FOR.minusMillis(1));
        assertThat(exports.purge(clock.instant())).isZero();
        assertThat(holder.get("/export").status()).isEqualTo(200);

        clock.forward(Duration.ofMillis(1));
        assertThat(holder.get("/export").status()).isEqualTo(404);
        assertThat(exports.purge(clock.instant())).isOne();
        assertThat(exports.purge(clock.instant())).isZero();
        assertThat(rows()).isZero();
    }

    @Test
    @DisplayName("the export is gone with the account, and of other accounts nothing is")
    void theExportIsGoneWithTheAccount() {
        prepare(request);
        prepare(open("acct-10004"));
        Visitor holder = holder();

        exports.deleteOf(HOLDER);

        assertThat(holder.get("/export").status()).isEqualTo(404);
        assertThat(exports.find("acct-10004")).isPresent();
        exports.deleteOf("acct-10004");
        assertThat(rows()).isZero();
    }

    @Test
    @DisplayName("the export is gone with its request")
    void theExportIsGoneWithItsRequest() {
        prepare(request);
        Visitor holder = holder();

        requests.end(request, "EndEvent_RequestWithdrawn");

        assertThat(holder.get("/export").status()).isEqualTo(404);
        exports.delete(request);
        assertThat(rows()).isZero();
    }

    @Test
    @DisplayName("a second export takes the place of the first")
    void aSecondExportTakesThePlaceOfTheFirst() throws IOException, InterruptedException {
        addOrders(1);
        prepare(request);
        rows.update("delete from shop_order where account_id = ?", HOLDER);
        clock.forward(Duration.ofDays(2));
        prepare(request);
        clock.forward(Duration.ofDays(2));

        assertThat(DataArchiveTest.files(send("GET", holder()).body()))
                .containsKeys("favourites.json")
                .doesNotContainKeys("orders.json");
        assertThat(rows()).isEqualTo(2);
    }

    @Test
    @DisplayName("an order lives and dies with the transaction of the caller")
    void anOrderDiesWithTheTransactionOfTheCaller() {
        new TransactionTemplate(transactions).executeWithoutResult(transaction -> {
            exports.order(request);
            transaction.setRollbackOnly();
        });

        assertThat(making.makeNext()).isFalse();
        assertThat(rows()).isZero();
    }

    @Test
    @DisplayName("an export of many parts comes out as it was, and none is larger than a part")
    void anExportOfManyPartsComesOutAsItWas() throws IOException, InterruptedException {
        addOrders(3_000);
        prepare(request);

        HttpResponse<byte[]> answer = send("GET", holder());

        assertThat(text(DataArchiveTest.files(answer.body()), "orders.csv").lines())
                .hasSize(1 + 3 + 3_000);
        assertThat(jdbc.sql("select max(octet_length(content)) from data_export_part")
                        .query(Integer.class)
                        .single())
                .isEqualTo(ExportParts.PART);
        assertThat(jdbc.sql("select count(*) from data_export_part")
                        .query(Integer.class)
                        .single())
                .isGreaterThan(3);
    }

    @Test
    @DisplayName("a download that the closing of the account overtakes breaks off")
    void aDownloadBreaksOff() {
        addOrders(3_000);
        prepare(request);
        DataExports.DataExport export = exports.find(HOLDER).orElseThrow();
        ByteArrayOutputStream received = new ByteArrayOutputStream();

        assertThatThrownBy(() -> exports.write(export, deletingAfterTheFirstPart(received)))
                .hasMessage("the export was deleted during the download");

        assertThat(received.size()).isEqualTo(ExportParts.PART);
    }

    @Test
    @DisplayName("a download that a new export overtakes does not mix the two")
    void aDownloadDoesNotMixTwoExports() {
        addOrders(3_000);
        prepare(request);
        DataExports.DataExport export = exports.find(HOLDER).orElseThrow();
        clock.forward(Duration.ofSeconds(1));
        prepare(request);

        assertThatThrownBy(() -> exports.write(export, OutputStream.nullOutputStream()))
                .isInstanceOf(IllegalStateException.class);
    }

    private void prepare(String requestId) {
        exports.order(requestId);
        assertThat(making.makeNext()).isTrue();
    }

    private OutputStream deletingAfterTheFirstPart(OutputStream received) {
        return new OutputStream() {

            @Override
            public void write(int single) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void write(byte[] part, int offset, int length) throws IOException {
                received.write(part, offset, length);
                exports.deleteOf(HOLDER);
            }
        };
    }

    private Visitor holder() {
        Visitor holder = new Visitor(port);
        holder.login("13800138001", "Demo-10001");
        return holder;
    }

    /** The bytes that a visitor's browser would save. */
    private HttpResponse<byte[]> send(String method, Visitor visitor) throws IOException, InterruptedException {
        HttpRequest download = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/export"))
                .header("Cookie", visitor.cookies())
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return HttpClient.newHttpClient().send(download, HttpResponse.BodyHandlers.ofByteArray());
    }

    private String open(String account) {
        return requests.open("account-deregistration", account, "instance of " + account, null)
                .orElseThrow();
    }

    private void addOrders(int number) {
        Random titles = new Random(4);
        for (int i = 0; i < number; i++) {
            rows.update(
                    "insert into shop_order (id, account_id, title, amount_fen, status, placed_at)"
                            + " values (?, ?, ?, 100, 'CANCELLED', current_timestamp)",
                    UUID.randomUUID().toString(),
                    HOLDER,
                    LargeExport.title(titles));
        }
    }

    private int rows() {
        return jdbc.sql("select (select count(*) from data_export) + (select count(*) from data_export_part)")
                .query(Integer.class)
                .single();
    }

    private static String text(Map<String, byte[]> files, String name) {
        return new String(files.get(name), StandardCharsets.UTF_8);
    }
}
