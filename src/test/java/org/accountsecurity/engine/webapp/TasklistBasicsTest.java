package org.accountsecurity.engine.webapp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.accountsecurity.testing.JourneyTest;
import org.accountsecurity.testing.Visitor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What Tasklist finds for an account holder. */
class TasklistBasicsTest extends JourneyTest {

    private static final String STARTABLE =
            "/process-definition?latest=true&active=true&startableInTasklist=true" + "&startablePermissionCheck=true";

    @Autowired
    StaticFiles files;

    private Visitor visitor;

    @BeforeEach
    void login() {
        visitor = new Visitor(port);
        visitor.login("13800138001", "Demo-10001");
    }

    @Test
    @DisplayName("two processes can be started, under their Chinese names")
    void twoProcessesCanBeStarted() {
        JsonNode processes = visitor.get(Visitor.ENGINE + STARTABLE).json();

        assertThat(processes.findValuesAsText("name")).containsExactlyInAnyOrder("注销账户", "解绑手机号");
    }

    @Test
    @DisplayName("the one filter 我的待办 refreshes, and shows the own tasks and no others")
    void theOneFilterShowsTheOwnTasks() {
        journey.start("account-deregistration", "acct-10001");
        journey.start("account-deregistration", "acct-10004");

        JsonNode filters =
                visitor.get(Visitor.ENGINE + "/filter?resourceType=Task").json();
        assertThat(filters).hasSize(1);
        JsonNode filter = filters.get(0);
        JsonNode tasks = visitor.post(
                        Visitor.ENGINE + "/filter/" + filter.path("id").asText() + "/list", Map.of())
                .json();

        assertThat(filter.path("name").asText()).isEqualTo("我的待办");
        assertThat(filter.path("properties").path("refresh").asBoolean()).isTrue();
        assertThat(tasks.findValuesAsText("assignee")).containsExactly("acct-10001");
    }

    @Test
    @DisplayName("the banner that Camunda 7 has reached its end of life is gone")
    void theBannerIsGone() {
        assertThat(visitor.get("/camunda/static/" + files.build() + "/app/tasklist/styles/user-styles.css")
                        .body())
                .contains(".ce-eol-banner { display: none !important; }");
    }
}
