package org.accountsecurity.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.accountsecurity.testing.JourneyTest;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DemoLinksTest extends JourneyTest {

    @Test
    @DisplayName("a link in a message of the demo leads to the port that the demo listens on")
    void aLinkLeadsToThePort() {
        ProcessInstance request = journey.start("account-deregistration", "acct-10001");

        journey.tellRequested(request);

        assertThat(rows.texts("select text from inbox_message where recipient = '13800138001'"))
                .anyMatch(text -> text.contains("http://localhost:" + port + "/not-me/"));
    }
}
