package org.accountsecurity.nodes;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.accountsecurity.testing.Rows;
import org.accountsecurity.testing.Visitor;

/** A holder who wants one thing, asks either node as it comes, and does not give up when one does not answer. */
final class StubbornHolder {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final long PAUSE_MILLISECONDS = 100;
    /** One code in so many is submitted at both nodes at once. */
    private static final int TWICE = 4;

    private final Cluster cluster;
    private final Rows rows;
    private final String account;
    private final Random random;
    private final Visitor session;

    StubbornHolder(Cluster cluster, Rows rows, String account, long seed) {
        this.cluster = cluster;
        this.rows = rows;
        this.account = account;
        this.random = new Random(seed);
        this.session = new Visitor(cluster.port(0), "203.0." + random.nextInt(256) + "." + (1 + random.nextInt(254)));
    }

    /** Until the account is closed for good. */
    void deregister() {
        until(() -> "CLOSED".equals(one("select status from account where id = ?")), "account-deregistration", "");
    }

    /** Until this is the number, and the request is over. */
    void changePhone(String newPhone) {
        until(
                () -> newPhone.equals(one("select phone from account where id = ?")) && !open("phone-unbinding"),
                "phone-unbinding",
                newPhone);
    }

    private void until(BooleanSupplier done, String process, String newPhone) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        String last = "nothing";
        while (System.nanoTime() < end) {
            try {
                if (done.getAsBoolean()) {
                    return;
                }
                last = step(process, newPhone);
            } catch (RuntimeException | AssertionError e) {
                last = e.toString();
                pause();
            }
        }
        throw new AssertionError(account + " did not get through " + process + ", at last: " + last);
    }

    private String step(String process, String newPhone) {
        Visitor node = session.at(cluster.port(random.nextInt(2)));
        if (!node.loggedIn()) {
            String phone = one("select phone from account where id = ?");
            return "login " + node.login(phone, "password").status();
        }
        JsonNode tasks = node.tasks();
        if (tasks.isEmpty() && !open(process)) {
            node.start(process);
            return "started";
        }
        if (tasks.isEmpty()) {
            pause();
            return "waits";
        }
        JsonNode task = tasks.get(0);
        String id = task.path("id").asText();
        String name = task.path("name").asText();
        Optional<Map<String, Object>> answer =
                answer(name, task.path("processInstanceId").asText(), newPhone);
        if (answer.isEmpty()) {
            pause();
            return name + " waits for its code";
        }
        if (name.equals("输入验证码") && random.nextInt(TWICE) == 0) {
            List.of(0, 1).stream()
                    .map(port -> CompletableFuture.supplyAsync(
                            () -> session.at(cluster.port(port)).submit(id, answer.get())))
                    .toList()
                    .forEach(CompletableFuture::join);
            return name + " twice";
        }
        return name + " " + node.submit(id, answer.get());
    }

    private Optional<Map<String, Object>> answer(String task, String instance, String newPhone) {
        return switch (task) {
            case "阅读注销须知" -> Optional.of(Map.of("choice", "CONTINUE", "consent", true, "channel", "SMS"));
            case "阅读解绑须知" -> Optional.of(Map.of("choice", "CONTINUE", "channel", "SMS"));
            case "输入新手机号" -> Optional.of(Map.of("choice", "CONTINUE", "newPhone", newPhone));
            case "确认注销", "确认解绑" -> Optional.of(Map.of("choice", "CONFIRM"));
            case "输入验证码" -> code(instance, newPhone).map(code -> Map.of("choice", "SUBMIT", "code", code));
            case "重新获取验证码" -> Optional.of(Map.of("choice", "RESEND"));
            default -> Optional.of(Map.of());
        };
    }

    private Optional<String> code(String verification, String newPhone) {
        return rows.sql("select v.purpose, c.serial, a.phone from verification v"
                        + " join verification_code c on c.verification_id = v.id join account a on a.id = v.account_id"
                        + " where v.id = ? order by c.number desc limit 1")
                .param(verification)
                .query((row, number) -> cluster.gateway()
                        .code(
                                row.getString("purpose").equals("NEW_PHONE") ? newPhone : row.getString("phone"),
                                row.getString("serial"))
                        .orElse(null))
                .optional();
    }

    private boolean open(String process) {
        return rows.number(
                        "select count(*) from holder_request where open_for = ? and process_key = ?", account, process)
                > 0;
    }

    private String one(String sql) {
        return rows.find(sql, account).orElse(null);
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
