package org.accountsecurity;

import static org.assertj.core.api.Assertions.assertThat;

import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

@ApplicationTest
class DemoLinksTest {

    @LocalServerPort
    int port;

    @Autowired
    Journey journey;

    @Autowired
    JdbcClient jdbc;

    @Test
    @DisplayName("a link in a message of the demo leads to the port that the demo listens on")
    void aLinkLeadsToThePort() {
        ProcessInstance request = journey.start("account-deregistration", "acct-10001");

        journey.tellRequested(request);

        assertThat(jdbc.sql("select text from inbox_message where recipient = '13800138001'")
                        .query(String.class)
                        .list())
                .anyMatch(text -> text.contains("http://localhost:" + port + "/not-me/"));
    }
}
