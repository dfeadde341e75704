package org.accountsecurity.deregistration.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.accountsecurity.deregistration.erasure.OneDataSet;
import org.accountsecurity.policy.DeregistrationPolicy;
import org.accountsecurity.policy.RetentionTable;
import org.accountsecurity.request.HolderRequests;
import org.accountsecurity.shop.DataSetCatalogue;
import org.accountsecurity.shop.DataSetFailedException;
import org.accountsecurity.shop.RecordSink;
import org.accountsecurity.testing.JourneyTest;
import org.accountsecurity.testing.Visitor;
import org.awaitility.Awaitility;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.util.unit.DataSize;

/** Copies from a data set that takes its time, fails, or gives too much. */
@Timeout(60)
class ExportMakingTest extends JourneyTest {

    private static final String HOLDER = "acct-10001";
    private static final String PACKING = "正在打包，通常需要几秒钟。";
    private static final String RETRYING = "打包失败，系统正在重试。";
    private static final String READY = "已可下载。";

    @Autowired
    DataExports exports;

    @Autowired
    ExportOrders orders;

    @Autowired
    HolderRequests requests;

    @Autowired
    RetentionTable retention;

    @Autowired
    DeregistrationPolicy policy;

    @Autowired
    DataSource connections;

    private String request;

    @BeforeEach
    void aCopyIsOrdered() {
        request = requests.open("account-deregistration", HOLDER, "instance", null)
                .orElseThrow();
        exports.order(request);
    }

    @Test
    @DisplayName("while three copies hang at their data set, no connection is held and codes go out")
    void whileCopiesHangNoConnectionIsHeld() throws Exception {
        List<String> holders = List.of("acct-10004", "acct-10005");
        for (String holder : holders) {
            exports.order(requests.open("account-deregistration", holder, "instance of " + holder, null)
                    .orElseThrow());
        }
        CountDownLatch reading = new CountDownLatch(3);
        CountDownLatch goOn = new CountDownLatch(1);
        ExportMaking making = making(sink -> {
            sink.columns(List.of("券"));
            reading.countDown();
            await(goOn);
            sink.record(List.of("5.00"));
        });
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            List<Future<Boolean>> made = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                made.add(threads.submit(making::makeNext));
            }
            await(reading);

            HikariPoolMXBean pool = connections.unwrap(HikariDataSource.class).getHikariPoolMXBean();
            Awaitility.await()
                    .untilAsserted(() -> assertThat(pool.getActiveConnections()).isZero());
            assertThat(rows.number("select count(*) from data_export_order where lease is not null"))
                    .isEqualTo(3);
            ProcessInstance change = journey.start("phone-unbinding", "acct-10002");
            journey.submit(change, "UserTask_ReadUnbindingNotice", "choice", "CONTINUE", "channel", "SMS");
            journey.deliverCodes();
            assertThat(journey.code("13800138002")).isNotNull();

            goOn.countDown();
            for (Future<Boolean> one : made) {
                assertThat(one.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(exports.find(HOLDER)).isPresent();
        assertThat(exports.find("acct-10005")).isPresent();
    }

    @ParameterizedTest
    @DisplayName("a copy that fails is tried again after pauses that grow, and the holder is told")
    @CsvSource({"answered 503", "''"})
    void aCopyThatFailsIsTriedAgain(String failure) {
        ExportMaking making = making(sink -> {
            sink.columns(List.of("券"));
            sink.record(List.of("5.00"));
            throw failure.isEmpty()
                    ? new IllegalStateException("林一")
                    : new DataSetFailedException("favourites", failure);
        });
        assertThat(exports.stateOf(request)).isEqualTo(PACKING);

        List<Duration> pauses = new ArrayList<>();
        for (int attempt = 0; attempt < 7; attempt++) {
            assertThat(making.makeNext()).isTrue();
            assertThat(exports.stateOf(request)).isEqualTo(RETRYING);
            assertThat(rows("data_export_part")).isZero();
            Duration pause = Duration.between(clock.instant(), due());
            clock.forward(pause.minusMillis(1));
            assertThat(making.makeNext()).isFalse();
            clock.forward(Duration.ofMillis(1));
            pauses.add(pause);
        }

        assertThat(pauses)
                .extracting(Duration::toString)
                .containsExactly("PT10S", "PT1M", "PT5M", "PT15M", "PT1H", "PT1H", "PT1H");
        assertThat(making(sink -> {}).makeNext()).isTrue();
        assertThat(exports.stateOf(request)).isEqualTo(READY);
    }

    @Test
    @DisplayName("a copy that takes longer than its time has failed, however well it goes on")
    void aCopyThatTakesTooLongHasFailed() {
        ExportMaking making = making(sink -> {
            sink.columns(List.of("券"));
            clock.forward(Duration.ofMinutes(16));
            writeParts(sink);
        });

        making.makeNext();

        assertThat(exports.stateOf(request)).isEqualTo(RETRYING);
        assertThat(exports.find(HOLDER)).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("a copy may be as large as its limit, and not larger")
    @CsvSource({"2, true", "1, false"})
    void aCopyMayBeAsLargeAsItsLimit(int megabytes, boolean good) {
        making(
                        ExportMakingTest::writeParts,
                        new ExportSettings(1, Duration.ofMinutes(15), DataSize.ofMegabytes(megabytes)))
                .makeNext();

        assertThat(exports.stateOf(request)).isEqualTo(good ? READY : RETRYING);
        assertThat(rows("data_export_part") > 0).isEqualTo(good);
    }

    @Test
    @DisplayName("a copy whose request ends meanwhile takes no more parts, and leaves none")
    void aCopyWhoseRequestEndsMeanwhile() {
        List<String> taken = new ArrayList<>();
        ExportMaking making = making(sink -> {
            writeParts(sink);
            exports.delete(request);
            assertThatThrownBy(() -> writeRecords(sink)).hasMessage("it is not wanted any more");
            taken.add("no more");
            throw new IllegalStateException();
        });

        making.makeNext();

        assertThat(taken).containsExactly("no more");
        assertThat(rows("data_export_order") + rows("data_export_part") + rows("data_export"))
                .isZero();
    }

    @Test
    @DisplayName("a copy is given up with its account")
    void aCopyIsGivenUpWithItsAccount() {
        making(sink -> {
                    writeParts(sink);
                    exports.deleteOf(HOLDER);
                })
                .makeNext();

        assertThat(rows("data_export_order") + rows("data_export_part") + rows("data_export"))
                .isZero();
    }

    @Test
    @DisplayName(
            "an order in the hands of a node that is gone is another's after two minutes, and the late one is not in the way")
    void anOrderOfANodeThatIsGoneIsAnothers() {
        ExportMaking other = making(sink -> {
            sink.columns(List.of("券"));
            sink.record(List.of("of the other"));
        });
        making(sink -> {
                    writeParts(sink);
                    clock.forward(ExportOrders.LEASE.minusMillis(1));
                    assertThat(other.makeNext()).isFalse();
                    clock.forward(Duration.ofMillis(1));
                    assertThat(other.makeNext()).isTrue();
                    assertThat(exports.find(HOLDER)).isPresent();
                })
                .makeNext();

        assertThat(exports.stateOf(request)).isEqualTo(READY);
        long bytes = exports.find(HOLDER).orElseThrow().bytes();
        assertThat(rows.number("select sum(octet_length(content)) from data_export_part"))
                .isEqualTo(bytes);
        assertThat(bytes).isLessThan(ExportParts.PART);
    }

    @Test
    @DisplayName("an order is taken once, by whoever comes first")
    void anOrderIsTakenOnce() {
        assertThat(orders.take()).isPresent();
        assertThat(orders.take()).isEmpty();
    }

    @Test
    @DisplayName("a node makes as many copies at a time as it may, on threads of its own")
    void aNodeMakesAsManyCopiesAsItMay() {
        for (String holder : List.of("acct-10004", "acct-10005")) {
            exports.order(requests.open("account-deregistration", holder, "instance of " + holder, null)
                    .orElseThrow());
        }
        CountDownLatch two = new CountDownLatch(2);
        CountDownLatch goOn = new CountDownLatch(1);
        ExportWorker worker = new ExportWorker(
                making(sink -> {
                    two.countDown();
                    await(goOn);
                }),
                new ExportSettings(2, Duration.ofMinutes(15), DataSize.ofMegabytes(100)));
        worker.start();
        try {
            await(two);
            assertThat(rows("data_export_order where lease is not null")).isEqualTo(2);
            goOn.countDown();
            Awaitility.await()
                    .untilAsserted(() -> assertThat(rows("data_export")).isEqualTo(3));
        } finally {
            worker.stop();
        }
        assertThat(worker.isRunning()).isFalse();
    }

    @Test
    @DisplayName("a node that does no jobs makes no copies")
    void aNodeThatDoesNoJobsMakesNoCopies() {
        ApplicationContextRunner node = new ApplicationContextRunner()
                .withBean(ExportMaking.class, () -> making(sink -> {}))
                .withBean(
                        ExportSettings.class,
                        () -> new ExportSettings(1, Duration.ofMinutes(15), DataSize.ofGigabytes(1)))
                .withUserConfiguration(ExportWorker.class);

        node.withPropertyValues("account-security.background-work=false")
                .run(context -> assertThat(context).doesNotHaveBean(ExportWorker.class));
        node.run(context -> assertThat(context).hasSingleBean(ExportWorker.class));
    }

    @Test
    @DisplayName("a node that ends gives a copy up, which has not failed and which another makes at once")
    void aNodeThatEndsGivesACopyUp() {
        AtomicReference<ExportMaking> ending = new AtomicReference<>();
        ending.set(making(sink -> {
            writeParts(sink);
            ending.get().setEnding(true);
            assertThatThrownBy(() -> writeRecords(sink)).hasMessage("the node ends");
            throw new IllegalStateException();
        }));

        ending.get().makeNext();

        assertThat(exports.stateOf(request)).isEqualTo(PACKING);
        assertThat(rows("data_export_part")).isZero();
        assertThat(making(sink -> {}).makeNext()).isTrue();
        assertThat(exports.stateOf(request)).isEqualTo(READY);
    }

    @Test
    @DisplayName("settings that can't work have a sentence that says what to set")
    void settingsThatCannotWorkHaveASentence() {
        Duration time = Duration.ofMinutes(15);
        DataSize size = DataSize.ofGigabytes(1);

        assertThat(new ExportSettings(0, time, size).wrong())
                .containsExactly("Set account-security.export.at-once to a number from 1 to 16.");
        assertThat(new ExportSettings(1, Duration.ZERO, size).wrong())
                .containsExactly("Set account-security.export.time-limit to a duration of at least a second.");
        assertThat(new ExportSettings(1, time, DataSize.ofKilobytes(1)).wrong())
                .containsExactly("Set account-security.export.size-limit to a size of at least 1MB.");
    }

    @Test
    @DisplayName("the page says how far the copy is, to its holder alone")
    void thePageSaysHowFarTheCopyIs() {
        Visitor holder = new Visitor(port);
        holder.login("13800138001", "Demo-10001");
        assertThat(holder.get("/export").body()).contains(PACKING).doesNotContain("过期");

        making(sink -> {
                    throw new IllegalStateException();
                })
                .makeNext();
        assertThat(holder.get("/export").body()).contains(RETRYING);
        Visitor other = new Visitor(port);
        other.login("13800138004", "Demo-10004");
        assertThat(other.get("/export").body()).contains("现在没有可以下载的备份。").doesNotContain(RETRYING);

        clock.forward(Duration.ofSeconds(10));
        making(sink -> {}).makeNext();
        assertThat(holder.get("/export").status()).isEqualTo(200);
    }

    private ExportMaking making(Consumer<RecordSink> export) {
        return making(export, new ExportSettings(1, Duration.ofMinutes(15), DataSize.ofMegabytes(100)));
    }

    private ExportMaking making(Consumer<RecordSink> export, ExportSettings settings) {
        DataSetCatalogue catalogue = new OneDataSet("favourites") {
            @Override
            public void export(String accountId, RecordSink sink) {
                export.accept(sink);
            }
        }.catalogue();
        return new ExportMaking(orders, catalogue, retention, policy, requests, settings, clock);
    }

    /** A megabyte and a half that no compression makes small: in three formats more than one megabyte, and less than two. */
    private static void writeParts(RecordSink sink) {
        sink.columns(List.of("券"));
        writeRecords(sink);
    }

    private static void writeRecords(RecordSink sink) {
        Random titles = new Random(4);
        for (int i = 0; i < 800; i++) {
            sink.record(List.of(LargeExport.title(titles)));
        }
    }

    private java.time.Instant due() {
        return jdbc.sql("select due_at from data_export_order")
                .query(java.sql.Timestamp.class)
                .single()
                .toInstant();
    }

    private long rows(String table) {
        return rows.number("select count(*) from " + table);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
