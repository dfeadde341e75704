package org.accountsecurity.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.accountsecurity.testing.Depth;
import org.accountsecurity.testing.FakeSmsGateway.Sms;
import org.accountsecurity.testing.Rows;
import org.accountsecurity.testing.Visitor;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes on one database: what one does the other knows, and none of them has to live. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TwoNodesIT {

    private static final int KILLS = Depth.of(2, 5);
    private static final int OF_EACH_KIND = Depth.of(40, 200);
    private static final int CLIENTS = 6;
    private static final int TIMERS = Depth.of(400, 2_000);
    /** What a process ends with that was asked to. */
    private static final int SIGTERM = 143;

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    static Path folder;

    private static Cluster cluster;
    private static Rows rows;

    @BeforeAll
    static void start() throws IOException, InterruptedException, JoseException {
        Instant begun = Instant.now();
        cluster = new Cluster(folder.resolve("database"));
        rows = new Rows(cluster.jdbc());
        print("two nodes started", begun);
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    @Order(1)
    @DisplayName(
            "a login at one node is one at the other, and ends at both with a logout, a lock, a phone change, a closing")
    void aLoginIsOneAtBothNodes() {
        accounts("session", 0, 3);
        Visitor first = loggedIn("session", 0);
        assertThat(first.at(cluster.port(1)).loggedIn()).isTrue();
        first.at(cluster.port(1)).post("/camunda/api/admin/auth/user/default/logout", Map.of());
        assertThat(first.loggedIn()).isFalse();

        Visitor locked = loggedIn("session", 0);
        rows.update("update account set status = 'LOCKED' where id = 'session-0'");
        assertThat(locked.loggedIn()).isFalse();
        assertThat(locked.at(cluster.port(1)).loggedIn()).isFalse();

        Visitor elsewhere = loggedIn("session", 1).at(cluster.port(1));
        assertThat(elsewhere.loggedIn()).isTrue();
        new StubbornHolder(cluster, rows, "session-1", 1).changePhone("13690000001");
        assertThat(elsewhere.loggedIn()).isFalse();
        assertThat(elsewhere.at(cluster.port(0)).loggedIn()).isFalse();

        Visitor leaving = loggedIn("session", 2).at(cluster.port(1));
        new StubbornHolder(cluster, rows, "session-2", 2).deregister();
        assertThat(leaving.loggedIn()).isFalse();
        assertThat(leaving.at(cluster.port(0)).loggedIn()).isFalse();
    }

    @Test
    @Order(2)
    @DisplayName("attempts to log in count at both nodes together")
    void attemptsToLogInCountTogether() {
        accounts("throttle", 0, 1);
        String phone = phone("throttle", 0);
        Visitor stranger = new Visitor(cluster.port(0), "203.1.0.1");
        for (int attempt = 0; attempt < 10; attempt++) {
            assertThat(stranger.at(cluster.port(attempt % 2))
                            .loginOnly(phone, "wrong")
                            .location())
                    .endsWith("?error");
        }

        assertThat(stranger.at(cluster.port(0)).loginOnly(phone, "password").location())
                .endsWith("?error");
        assertThat(stranger.at(cluster.port(1)).loginOnly(phone, "password").location())
                .endsWith("?error");
        assertThat(new Visitor(cluster.port(1), "203.1.0.2")
                        .loginOnly(phone, "password")
                        .location())
                .doesNotContain("error");
    }

    @Test
    @Order(3)
    @DisplayName("tries of a code, the wait for the next one and the one open request count at both nodes together")
    void limitsCountTogether() {
        accounts("limit", 0, 1);
        Visitor holder = loggedIn("limit", 0);
        holder.start("account-deregistration");
        holder.at(cluster.port(1)).start("account-deregistration");
        holder.complete("阅读注销须知", Map.of("choice", "CONTINUE", "consent", true, "channel", "SMS"));
        assertThat(rows.number("select count(*) from holder_request where open_for = 'limit-0'"))
                .isOne();

        holder.at(cluster.port(1)).complete("输入验证码", Map.of("choice", "RESEND"));
        assertThat(rows.number("select count(*) from code_send where account_id = 'limit-0'"))
                .isOne();
        for (int attempt = 0; attempt < 5; attempt++) {
            holder.at(cluster.port(attempt % 2)).complete("输入验证码", Map.of("choice", "SUBMIT", "code", "000000"));
        }
        holder.complete("查看未通过原因", Map.of());
        assertThat(rows.number("select failures from code_allowance where subject = 'limit-0'"))
                .isEqualTo(5);
    }

    @Test
    @Order(4)
    @DisplayName(
            "while one node after the other is killed, accounts close and others change their number, wholly and once")
    void nodesAreKilled() throws Exception {
        accounts("leaving", 0, OF_EACH_KIND);
        accounts("moving", 0, OF_EACH_KIND);
        Instant begun = Instant.now();
        int batch = OF_EACH_KIND / KILLS;
        for (int kill = 0; kill < KILLS; kill++) {
            int node = kill % 2;
            cluster.awaitReady(node);
            List<Future<?>> holders = load(kill * batch, batch);
            await().atMost(PATIENCE)
                    .until(() -> holders.stream().filter(Future::isDone).count() > batch / 2);
            cluster.node(node).kill();
            cluster.launch(node);
            finish(holders);
        }
        cluster.awaitReady((KILLS - 1) % 2);
        print(2 * OF_EACH_KIND + " requests during " + KILLS + " kills", begun);

        settle();

        assertThat(violations()).isEmpty();
        assertThat(closed("leaving")).isEqualTo(OF_EACH_KIND);
        assertThat(moved("moving")).isEqualTo(OF_EACH_KIND);
    }

    @Test
    @Order(5)
    @DisplayName(
            "while the database is restarted and its connections are cut, accounts close and change wholly and once")
    void theDatabaseGoesAway() throws Exception {
        int batch = Depth.of(8, 20);
        accounts("leaving", OF_EACH_KIND, OF_EACH_KIND + 2 * batch);
        accounts("moving", OF_EACH_KIND, OF_EACH_KIND + 2 * batch);
        Instant begun = Instant.now();

        List<Future<?>> holders = load(OF_EACH_KIND, batch);
        await().atMost(PATIENCE)
                .until(() -> holders.stream().filter(Future::isDone).count() > batch / 4);
        cluster.restartDatabase();
        rows = new Rows(cluster.jdbc());
        finish(holders);

        List<Future<?>> others = load(OF_EACH_KIND + batch, batch);
        int cuts = 0;
        do {
            cuts += cluster.cutConnections() > 0 ? 1 : 0;
            Thread.sleep(3_000);
        } while (!others.stream().allMatch(Future::isDone));
        finish(others);
        print(4 * batch + " requests during a restart of the database and " + cuts + " cuts", begun);

        settle();

        assertThat(cuts).isPositive();
        assertThat(violations()).isEmpty();
        assertThat(closed("leaving")).isEqualTo(OF_EACH_KIND + 2 * batch);
        assertThat(moved("moving")).isEqualTo(OF_EACH_KIND + 2 * batch);
    }

    @Test
    @Order(6)
    @DisplayName("two nodes are replaced one after the other, and no request of a holder fails")
    void nodesAreReplaced() throws Exception {
        int from = OF_EACH_KIND + 40;
        int batch = Depth.of(6, 12);
        accounts("leaving", from, from + 2 * batch);
        Instant begun = Instant.now();
        int passed;
        try (ReadinessProxy proxy = new ReadinessProxy(cluster)) {
            for (int node = 0; node < 2; node++) {
                int first = from + node * batch;
                ExecutorService threads = Executors.newFixedThreadPool(3);
                List<Future<?>> holders = IntStream.range(first, first + batch)
                        .mapToObj(number -> threads.submit(() -> deregister(proxy, number)))
                        .collect(Collectors.toList());
                threads.shutdown();
                await().atMost(PATIENCE).until(() -> holders.stream().anyMatch(Future::isDone));
                ForkedApplication old = cluster.node(node);
                int before = proxy.passed();
                old.terminate();
                assertThat(old.ended()).isEqualTo(SIGTERM);
                assertThat(proxy.passed()).as("requests while it ended").isGreaterThan(before);
                assertThat(old.output()).contains("Handed back").contains("Graceful shutdown complete");
                cluster.launch(node);
                cluster.awaitReady(node);
                finish(holders);
            }
            assertThat(proxy.failures()).isEmpty();
            passed = proxy.passed();
        }
        print(passed + " HTTP requests of " + 2 * batch + " holders while both nodes were replaced", begun);

        settle();

        assertThat(violations()).isEmpty();
    }

    @Test
    @Order(7)
    @DisplayName("many timers that are due at once fire once each, on two nodes and on one")
    void manyTimersAreDueAtOnce() {
        print(TIMERS + " timers fired on two nodes", fire("two"));
        cluster.node(1).kill();
        print(TIMERS + " timers fired on one node", fire("one"));

        assertThat(violations()).isEmpty();
    }

    /** Each with a completed order, a favourite, an address and an empty wallet. */
    private static void accounts(String kind, int from, int to) {
        for (int number = from; number < to; number++) {
            String account = kind + "-" + number;
            rows.update(
                    "insert into account (id, status, version, phone, password_hash, nickname)"
                            + " values (?, 'ACTIVE', 1, ?, '{noop}password', '老顾客')",
                    account,
                    phone(kind, number));
            rows.update(
                    "insert into shop_order (id, account_id, title, amount_fen, status, placed_at, completed_at)"
                            + " values (?, ?, '台灯', 3990, 'COMPLETED', now(), now())",
                    account,
                    account);
            rows.update("insert into favourite (id, account_id, title) values (?, ?, '雨伞')", account, account);
            rows.update(
                    "insert into address (id, account_id, recipient, phone, line) values (?, ?, '收件人', ?, '愚园路 9 号')",
                    account,
                    account,
                    phone(kind, number));
            rows.update("insert into wallet (account_id, balance_fen) values (?, 0)", account);
        }
    }

    private static String phone(String kind, int number) {
        String prefix = Map.of(
                        "leaving",
                        "135000",
                        "moving",
                        "136000",
                        "session",
                        "138100",
                        "throttle",
                        "138200",
                        "limit",
                        "138300")
                .get(kind);
        return prefix + "%05d".formatted(number);
    }

    private static String newPhone(int number) {
        return "137000%05d".formatted(number);
    }

    /** As a holder does who knows nothing of nodes. */
    private static void deregister(ReadinessProxy proxy, int number) {
        Visitor holder = new Visitor(proxy.port(), "203.3.0." + (number % 250 + 1));
        String phone = phone("leaving", number);
        assertThat(holder.login(phone, "password").location()).doesNotContain("error");
        holder.start("account-deregistration");
        holder.complete("阅读注销须知", Map.of("choice", "CONTINUE", "consent", true, "channel", "SMS"));
        String code = await().atMost(PATIENCE).until(() -> sent(number, phone), sent -> !sent.isEmpty());
        holder.complete("输入验证码", Map.of("choice", "SUBMIT", "code", code));
        holder.complete("确认注销", Map.of("choice", "CONFIRM"));
        holder.complete("查看注销成功提示", Map.of());
    }

    /** The code of the one verification of this account, empty before it has come. */
    private static String sent(int number, String phone) {
        return rows.find(
                        "select serial from verification_code c join verification v on v.id = c.verification_id"
                                + " where v.account_id = ?",
                        "leaving-" + number)
                .flatMap(serial -> cluster.gateway().code(phone, serial))
                .orElse("");
    }

    private static Visitor loggedIn(String kind, int number) {
        Visitor holder = new Visitor(cluster.port(0), "203.2.0." + (number + 1));
        assertThat(holder.login(phone(kind, number), "password").location()).doesNotContain("error");
        return holder;
    }

    /** As many holders who leave as holders who change their number, a few at a time. */
    private static List<Future<?>> load(int from, int count) {
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        List<Future<?>> holders = new ArrayList<>();
        IntStream.range(from, from + count).forEach(number -> {
            holders.add(
                    threads.submit(() -> new StubbornHolder(cluster, rows, "leaving-" + number, number).deregister()));
            holders.add(threads.submit(
                    () -> new StubbornHolder(cluster, rows, "moving-" + number, number).changePhone(newPhone(number))));
        });
        threads.shutdown();
        return holders;
    }

    private static void finish(List<Future<?>> holders) throws Exception {
        for (Future<?> holder : holders) {
            holder.get();
        }
    }

    /** Lets every job be done; one that has failed and waits is tried at once. */
    private static void settle() {
        await("the jobs settle")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> {
                    rows.update(
                            "update act_ru_job set duedate_ = now(), rev_ = rev_ + 1 where exception_stack_id_ is not null"
                                    + " and retries_ > 0 and duedate_ > now() and process_instance_id_ is not null");
                    return number("select count(*) from act_ru_job where retries_ > 0 and duedate_ <= now()"
                                            + " and process_instance_id_ is not null")
                                    + number("select count(*) from holder_request where ended_at is null")
                            == 0;
                });
    }

    private static long closed(String kind) {
        return number("select count(*) from account where status = 'CLOSED' and id like '" + kind + "-%'");
    }

    private static long moved(String kind) {
        return number("select count(*) from account where status = 'ACTIVE' and phone like '137000%' and id like '"
                + kind + "-%'");
    }

    /** Whatever must not be, once the jobs have settled: one sentence each. */
    private static List<String> violations() {
        List<String> found = new ArrayList<>();
        for (String sql : List.of(
                "select id || ' is ' || status from account where status not in ('ACTIVE', 'LOCKED', 'CLOSED')",
                "select account_id || ' has an open request' from holder_request where ended_at is null",
                "select id || ' is closed and has a profile' from account where status = 'CLOSED'"
                        + " and coalesce(phone, mail, nickname, password_hash) is not null",
                "select r.account_id || ' has ' || count(e.verified_at) || ' verified data sets' from holder_request r"
                        + " left join erasure e on e.request_id = r.id where r.committed_at is not null"
                        + " and r.process_key = 'account-deregistration'"
                        + " group by r.id, r.account_id having count(e.verified_at) <> 7 or count(*) <> 7",
                "select r.account_id || ' is open and has erased data' from erasure e join holder_request r"
                        + " on r.id = e.request_id join account a on a.id = r.account_id where a.status <> 'CLOSED'",
                "select a.id || ' was closed by ' || count(r.id) || ' requests' from account a left join holder_request r"
                        + " on r.account_id = a.id and r.outcome = 'EndEvent_AccountDeregistered'"
                        + " where a.status = 'CLOSED' group by a.id having count(r.id) <> 1",
                "select a.id || ' has no receipt' from account a join holder_request r on r.account_id = a.id"
                        + " left join receipt c on c.request_id = r.id where r.committed_at is not null and c.jws is null"
                        + " and r.process_key = 'account-deregistration'",
                "select verification_id || ' accepted ' || count(*) || ' codes' from verification_code"
                        + " where spent_at is not null group by verification_id having count(*) > 1",
                "select v.id || ' is accepted without a code' from verification v where (v.accepted_at is not null)"
                        + " <> exists (select 1 from verification_code c where c.verification_id = v.id"
                        + " and c.spent_at is not null)",
                "select r.account_id || ' used ' || count(v.id) || ' verifications' from holder_request r"
                        + " left join verification v on v.request_id = r.id and v.used_at is not null"
                        + " where r.outcome in ('EndEvent_AccountDeregistered', 'EndEvent_PhoneChanged') group by r.id,"
                        + " r.account_id, r.process_key"
                        + " having count(v.id) <> case r.process_key when 'phone-unbinding' then 2 else 1 end",
                "select 'incident ' || incident_type_ || ' at ' || activity_id_ from act_ru_incident",
                "select 'no retries left: ' || handler_type_ from act_ru_job where retries_ <= 0")) {
            found.addAll(rows.texts(sql));
        }
        for (String table : List.of("shop_order", "favourite", "address", "wallet")) {
            found.addAll(rows.texts("select a.id || ' is ' || a.status || ' with ' || count(t.account_id) || ' rows in "
                    + table + "' from account a left join " + table + " t on t.account_id = a.id"
                    + " group by a.id, a.status"
                    + " having count(t.account_id) <> case a.status when 'CLOSED' then 0 else 1 end"));
        }
        found.addAll(wrongNotices());
        return found;
    }

    /** What was told and did not happen, or happened and was not told. */
    private static List<String> wrongNotices() {
        List<String> found = new ArrayList<>();
        List<Sms> messages = cluster.gateway().messages();
        List<String> told = messages.stream()
                .filter(sms -> sms.text().contains("您的账户已注销"))
                .map(Sms::to)
                .toList();
        for (int number = 0; number < OF_EACH_KIND + 100; number++) {
            String leaving = status("leaving-" + number);
            long times = count(told, phone("leaving", number));
            if (leaving != null && times != (leaving.equals("CLOSED") ? 1 : 0)) {
                found.add("leaving-" + number + " is " + leaving + " and was told so " + times + " times");
            }
            String phone = rows.find("select phone from account where id = ?", "moving-" + number)
                    .orElse(null);
            boolean moved = newPhone(number).equals(phone);
            long old = count(to(messages, "已更换绑定手机号"), phone("moving", number));
            long now = count(to(messages, "本号码已绑定"), newPhone(number));
            if (old != (moved ? 1 : 0) || now != (moved ? 1 : 0)) {
                found.add("moving-" + number + " has " + phone + ", old number told " + old + " times, new " + now);
            }
        }
        cluster.gateway().contradictions().forEach(sms -> found.add("another message under the same key: " + sms));
        return found;
    }

    private static List<String> to(List<Sms> messages, String text) {
        return messages.stream()
                .filter(sms -> sms.text().contains(text))
                .map(Sms::to)
                .toList();
    }

    private static long count(List<String> phones, String phone) {
        return phones.stream().filter(phone::equals).count();
    }

    private static String status(String account) {
        return rows.find("select status from account where id = ?", account).orElse(null);
    }

    /** When they became due; returns once all have fired. */
    private static Instant fire(String key) {
        DueTimers.start(cluster.database(), key, TIMERS);
        Instant due = Instant.now();
        rows.update("update act_ru_job set duedate_ = ? where process_def_key_ = ?", Timestamp.from(due), key);
        await("all timers fire")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> number("select count(*) from act_ru_job where process_def_key_ = '" + key + "'") == 0);
        String fired = " from trail where steps like '%EndEvent_Fired%' and request_id like '" + key + "-%'";
        assertThat(number("select count(*)" + fired)).isEqualTo(TIMERS);
        assertThat(number("select count(distinct request_id)" + fired)).isEqualTo(TIMERS);
        return due;
    }

    private static long number(String sql) {
        return rows.number(sql);
    }

    private static void print(String what, Instant begun) {
        System.out.printf(
                "%s: %.1f s%n", what, Duration.between(begun, Instant.now()).toMillis() / 1000.0);
    }
}
