package org.accountsecurity.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.accountsecurity.testing.Modeler;
import org.accountsecurity.testing.Visitor;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo on its database in a file, stopped as by a power failure. */
class RestartIT {

    private static final Pattern CODE = Pattern.compile("注销账户，验证码 (\\d{6})");

    @TempDir
    Path folder;

    @Test
    @DisplayName("requests, codes and the demo shop survive a crash, and the holder goes on")
    void requestsSurviveACrash() {
        String code;
        try (ForkedApplication application = demo()) {
            Visitor holder = new Visitor(application.port());
            holder.login("13800138001", "Demo-10001");
            holder.start("account-deregistration");
            holder.complete("阅读注销须知", Map.of("choice", "CONTINUE", "consent", true, "channel", "SMS"));
            code = await("the code")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> sentTo(holder, "13800138001"), found -> !found.isEmpty());
            assertThat(holder.tasks().path(0).path("created").asText())
                    .as("wherever the server stands")
                    .matches("20[0-9]{2}-[0-9]{2}-.*");
            assertThat(application.output()).as("what nobody can mend").doesNotContain(" WARN ", " ERROR ");
        }

        try (ForkedApplication application = demo()) {
            Visitor holder = new Visitor(application.port());
            holder.login("13800138001", "Demo-10001");
            holder.complete("输入验证码", Map.of("choice", "SUBMIT", "code", code));
            holder.complete("确认注销", Map.of("choice", "CONFIRM"));
            holder.complete("查看注销成功提示", Map.of());
            assertThat(holder.loggedIn()).isFalse();
        }

        try (ForkedApplication application = demo()) {
            Visitor holder = new Visitor(application.port());
            assertThat(holder.login("13800138001", "Demo-10001").location()).endsWith("?error");
            assertThat(holder.login("13800138004", "Demo-10004").location()).doesNotContain("?error");
        }
    }

    @Test
    @DisplayName("a second demo on the same file ends with a sentence, and the first goes on")
    void aSecondDemoEndsWithASentence() throws InterruptedException {
        try (ForkedApplication first = demo();
                ForkedApplication second = new ForkedApplication(database())) {
            assertThat(second.ended()).isNotZero();

            assertThat(second.output())
                    .contains("Another process has the database jdbc:h2:file:" + folder)
                    .contains("Stop it, or set spring.datasource.url to another file.")
                    .doesNotContain("\tat ");
            assertThat(first.ready()).isTrue();
        }
    }

    @Test
    @DisplayName("a data set without its row ends the start with what to do, and what is said there works")
    void aDataSetWithoutItsRow() throws IOException, InterruptedException {
        List<String> coupons = List.of(
                database(),
                "--account-security.data-sets[0].name=coupons",
                "--account-security.data-sets[0].url=http://localhost:9");
        try (ForkedApplication refused = with(coupons)) {
            assertThat(refused.ended()).isNotZero();
            assertThat(refused.output())
                    .contains("APPLICATION FAILED TO START", "Set account-security.data-sets[0].token to the service")
                    .doesNotContain("\tat ");
        }

        String token = "--account-security.data-sets[0].token=t0ken";
        try (ForkedApplication refused = with(coupons, token)) {
            assertThat(refused.ended()).isNotZero();
            assertThat(refused.output())
                    .contains("APPLICATION FAILED TO START", "的 coupons：应当正好有一行，现在有 0 行")
                    .contains("give it exactly one row in data-retention.dmn")
                    .contains("--camunda.bpm.deployment-resource-pattern=file:processes/*.bpmn,")
                    .doesNotContain("\tat ", "appears to have started a thread");
        }

        Map<String, String> files = Modeler.everythingWith("data-retention.dmn");
        files.computeIfPresent("data-retention.dmn", (name, table) -> {
            String row = table.substring(table.indexOf("<rule "), table.indexOf("</rule>") + "</rule>".length());
            return table.replace(row, row + row.replace("_Profile", "_Coupons").replace("\"profile\"", "\"coupons\""));
        });
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
        String own = Stream.of("bpmn", "dmn", "form")
                .map(kind -> "file:" + folder + "/*." + kind)
                .collect(Collectors.joining(","));
        try (ForkedApplication started = with(coupons, token, "--camunda.bpm.deployment-resource-pattern=" + own)
                .started()) {
            assertThat(started.ready()).isTrue();
        }
    }

    private static ForkedApplication with(List<String> arguments, String... more) {
        return new ForkedApplication(
                Stream.concat(arguments.stream(), Stream.of(more)).toArray(String[]::new));
    }

    private ForkedApplication demo() {
        return new ForkedApplication(database()).started();
    }

    private String database() {
        return "--spring.datasource.url=jdbc:h2:file:" + folder.resolve("account-security")
                + ";LOCK_TIMEOUT=10000;DB_CLOSE_ON_EXIT=FALSE;WRITE_DELAY=0";
    }

    private static String sentTo(Visitor holder, String phone) {
        for (JsonNode message : holder.get("/inbox/messages").json()) {
            Matcher matcher = CODE.matcher(message.path("text").asText());
            if (message.path("to").asText().equals(phone) && matcher.find()) {
                return matcher.group(1);
            }
        }
        return "";
    }
}
