package org.accountsecurity.gateway;

import static org.accountsecurity.gateway.Messaging.message;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.accountsecurity.testing.JourneyTest;
import org.accountsecurity.testing.Visitor;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The phones and mailboxes of the demo. */
class InboxTest extends JourneyTest {

    @Autowired
    Messenger messenger;

    @Test
    @DisplayName("the inbox shows messages newest first, as JSON and as a page")
    void theInboxShowsMessagesNewestFirst() {
        messenger.send(message(Channel.SMS, "13800138001", "第一条", "key-1"));
        clock.forward(java.time.Duration.ofSeconds(1));
        messenger.send(message(Channel.EMAIL, "demo-10001@example.com", "第二条 <b>", "key-2"));

        JsonNode messages = new Visitor(port).get("/inbox/messages").json();

        assertThat(messages).hasSize(2);
        assertThat(messages.get(0).toString())
                .isEqualTo("{\"channel\":\"EMAIL\",\"to\":\"demo-10001@example.com\",\"text\":\"第二条 <b>\","
                        + "\"sentAt\":\"2026-11-23T02:00:01Z\"}");
        assertThat(messages.get(1).path("channel").asText()).isEqualTo("SMS");
        assertThat(new Visitor(port).get("/inbox").body())
                .contains("第一条", "第二条 &lt;b&gt;")
                .doesNotContain("第二条 <b>");
    }

    @Test
    @DisplayName("a message sent again with the same key arrives once")
    void aRepetitionArrivesOnce() {
        Message message = message(Channel.SMS, "13800138001", "正文", "key-1");

        messenger.send(message);
        messenger.send(message);

        assertThat(new Visitor(port).get("/inbox/messages").json()).hasSize(1);
    }
}
