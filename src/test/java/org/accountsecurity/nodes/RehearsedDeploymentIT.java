package org.accountsecurity.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.accountsecurity.AccountSecurityApplication;
import org.accountsecurity.testing.Modeler;
import org.accountsecurity.testing.Visitor;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an owner is told whose edit passes the guard and fails its rehearsal, the whole way. */
class RehearsedDeploymentIT {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final String DIAGRAM = "account-deregistration.bpmn";
    private static final String FORM = "enter-code.form";

    @TempDir
    Path folder;

    @Test
    @DisplayName(
            "from Modeler and from the folder an edit that can't be walked is refused with its steps, and on the picture")
    void anEditThatCantBeWalkedIsRefused() throws IOException {
        Map<String, String> shipped = Modeler.everythingWith(DIAGRAM);
        for (String kind : List.of("processes", "forms")) {
            Files.createDirectories(folder.resolve(kind));
        }
        shipped.forEach(this::save);
        try (ForkedApplication node = new ForkedApplication(
                        AccountSecurityApplication.class,
                        ForkedApplication.freePort(),
                        List.of(
                                "--spring.datasource.url=jdbc:h2:mem:rehearsed;DB_CLOSE_DELAY=-1",
                                "--account-security.edit.folder=" + folder))
                .started()) {
            Map<String, String> edited = new LinkedHashMap<>(shipped);
            edited.computeIfPresent(FORM, (name, content) -> content.replace("^[0-9]{6}$", "^[a-z]{6}$"));

            Modeler.Answer answer = Modeler.of(node.port(), "owner", "owner").deploy("edited", edited);

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json().path("message").asText())
                    .startsWith("这次部署没有通过排练：")
                    .contains("UserTask_EnterCode", "步骤：", "填收到的验证码");

            save(FORM, edited.get(FORM));
            Visitor owner = new Visitor(node.port());
            owner.login("owner", "owner");
            Awaitility.await("the page tells the refusal")
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(owner.get("/edit").body())
                            .contains("这次部署没有通过排练：", "填收到的验证码", "class=\"way failed\""));
        }
    }

    private void save(String name, String content) {
        try {
            Files.writeString(
                    folder.resolve(name.endsWith(".form") ? "forms" : "processes")
                            .resolve(name),
                    content);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
