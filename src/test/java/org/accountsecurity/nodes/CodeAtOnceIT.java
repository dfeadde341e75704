package org.accountsecurity.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.accountsecurity.testing.Depth;
import org.accountsecurity.testing.FakeSmsGateway;
import org.accountsecurity.testing.RequiredArguments;
import org.accountsecurity.testing.Rows;
import org.accountsecurity.testing.Visitor;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Holders who answer the very moment they can, and type a code before the gateway has said that it took it. */
class CodeAtOnceIT {

    private static final int WALKS = Depth.of(30, 120);
    private static final int AT_ONCE = 6;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(20);

    @TempDir
    static Path folder;

    private final Queue<String> refusals = new ConcurrentLinkedQueue<>();

    @Test
    @DisplayName(
            "nobody who types the right code at once is refused, and the database logs no deadlock and no violation")
    void nobodyIsRefused() throws IOException, JoseException, InterruptedException, ExecutionException {
        Path data = folder.resolve("database");
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                        .setDataDirectory(data)
                        .setServerConfig("jit", "off")
                        .setServerConfig("logging_collector", "on")
                        .start();
                FakeSmsGateway gateway = new FakeSmsGateway();
                ForkedApplication node = new ForkedApplication(RequiredArguments.and(
                        "--spring.profiles.active=postgres",
                        "--spring.datasource.url=" + postgres.getJdbcUrl("postgres", "postgres"),
                        "--spring.datasource.username=postgres",
                        "--account-security.sms.url=" + gateway.url(),
                        "--account-security.drain=0s",
                        "--server.forward-headers-strategy=native",
                        "--server.servlet.session.cookie.secure=false"))) {
            await().atMost(PATIENCE.multipliedBy(3)).until(() -> node.started().ready());
            Rows rows = new Rows(JdbcClient.create(postgres.getPostgresDatabase()));
            IntStream.range(0, WALKS).forEach(holder -> account(rows, holder));

            ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
            List<Future<?>> walks = IntStream.range(0, WALKS)
                    .<Future<?>>mapToObj(holder -> threads.submit(() -> walk(holder, node.port(), gateway, rows)))
                    .toList();
            for (Future<?> walk : walks) {
                walk.get();
            }
            threads.shutdown();

            List<String> complaints = complaints(data.resolve("log"));
            System.out.printf(
                    "%d walks: %d refused, the database complained %d times%n",
                    WALKS, refusals.size(), complaints.size());
            complaints.stream().distinct().limit(40).forEach(System.out::println);
            assertThat(refusals).isEmpty();
            assertThat(complaints).isEmpty();
        }
    }

    private void walk(int holder, int port, FakeSmsGateway gateway, Rows rows) {
        Visitor visitor = new Visitor(port, "203.0." + holder / 250 + "." + (1 + holder % 250));
        visitor.login(phone(holder), "password");
        if (holder % 2 == 0) {
            visitor.start("account-deregistration");
            boolean gone = answers(visitor, "阅读注销须知", Map.of("choice", "CONTINUE", "consent", true, "channel", "SMS"))
                    && types(visitor, gateway, phone(holder))
                    && answers(visitor, "确认注销", Map.of("choice", "CONFIRM"))
                    && answers(visitor, "查看注销成功提示", Map.of());
            assertThat(gone || !refusals.isEmpty()).isTrue();
        } else {
            // of the whole shop no more than so many an hour
            rows.update("update code_send set sent_at = sent_at - interval '2 days' where purpose = 'NEW_PHONE'");
            visitor.start("phone-unbinding");
            boolean changed = answers(visitor, "阅读解绑须知", Map.of("choice", "CONTINUE", "channel", "SMS"))
                    && types(visitor, gateway, phone(holder))
                    && answers(visitor, "输入新手机号", Map.of("choice", "CONTINUE", "newPhone", newPhone(holder)))
                    && types(visitor, gateway, newPhone(holder))
                    && answers(visitor, "确认解绑", Map.of("choice", "CONFIRM"))
                    && answers(visitor, "查看解绑成功提示", Map.of());
            assertThat(changed || !refusals.isEmpty()).isTrue();
        }
    }

    private boolean answers(Visitor visitor, String name, Map<String, Object> values) {
        return submits(visitor, name, task(visitor, name), values);
    }

    /** With the form open before the message comes. */
    private boolean types(Visitor visitor, FakeSmsGateway gateway, String phone) {
        String task = task(visitor, "输入验证码");
        return submits(visitor, "输入验证码", task, Map.of("choice", "SUBMIT", "code", gateway.nextCode(phone, PATIENCE)));
    }

    private boolean submits(Visitor visitor, String name, String task, Map<String, Object> values) {
        Visitor.Answer answer = visitor.submit(task, values);
        if (answer.status() != 204) {
            refusals.add(name + " " + answer.status() + " " + answer.body());
        }
        return answer.status() == 204;
    }

    private static String task(Visitor visitor, String name) {
        return await(name).atMost(PATIENCE).pollInterval(LOOK).until(() -> waiting(visitor, name), id -> !id.isEmpty());
    }

    private static String waiting(Visitor visitor, String name) {
        for (JsonNode task : visitor.tasks()) {
            if (task.path("name").asText().equals(name)) {
                return task.path("id").asText();
            }
        }
        return "";
    }

    private static List<String> complaints(Path logs) throws IOException {
        try (Stream<Path> files = Files.list(logs)) {
            return files.flatMap(CodeAtOnceIT::lines)
                    .filter(line -> line.contains("deadlock detected") || line.contains("violates foreign key"))
                    .toList();
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void account(Rows rows, int holder) {
        rows.update(
                "insert into account (id, status, version, phone, password_hash, nickname)"
                        + " values (?, 'ACTIVE', 1, ?, '{noop}password', '某人')",
                "acct-at-once-" + holder,
                phone(holder));
    }

    private static String phone(int holder) {
        return "1380030%04d".formatted(holder);
    }

    private static String newPhone(int holder) {
        return "1390030%04d".formatted(holder);
    }
}
