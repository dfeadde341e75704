package org.accountsecurity.gateway;

import static org.accountsecurity.gateway.Messaging.accepts;
import static org.accountsecurity.gateway.Messaging.message;
import static org.accountsecurity.gateway.Messaging.messenger;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MessengerTest {

    private static final Message CODE = message(Channel.SMS, "13800138001", "验证码 123456", "key-1");

    private final List<Object> published = new ArrayList<>();

    @Test
    @DisplayName("what a gateway took is published, and neither to whom nor what")
    void whatAGatewayTookIsPublished() {
        assertThat(accepts(messenger(published::add, new Scripted(false)), CODE))
                .isTrue();

        assertThat(published)
                .containsExactly(new MessageSent(Channel.SMS, "Scripted", MessageSent.Outcome.ACCEPTED, 16));
        assertThat(published.toString()).doesNotContain("138", "123456", "key-1");
    }

    @Test
    @DisplayName("what a gateway refused is published, and so is that there is none")
    void whatAGatewayRefusedIsPublished() {
        assertThat(accepts(messenger(published::add, new Scripted(true)), CODE)).isFalse();
        assertThat(accepts(messenger(published::add), CODE)).isFalse();

        assertThat(published)
                .containsExactly(
                        new MessageSent(Channel.SMS, "Scripted", MessageSent.Outcome.REFUSED, 16),
                        new MessageSent(Channel.SMS, "none", MessageSent.Outcome.REFUSED, 16));
    }

    @Test
    @DisplayName("an SMS begins with the signature, a mail does not, and the parameters of a template have none")
    void anSmsBeginsWithTheSignature() {
        List<Message> taken = new ArrayList<>();
        Messenger messenger =
                messenger(published::add, new Keeping(Channel.SMS, taken), new Keeping(Channel.EMAIL, taken));

        messenger.send(CODE);
        messenger.send(message(Channel.EMAIL, "demo-10001@example.com", "验证码 123456", "key-2"));

        assertThat(taken).extracting(Message::text).containsExactly("【演示商城】验证码 123456", "验证码 123456");
        assertThat(taken.get(0).parameters()).containsEntry("text", "验证码 123456");
    }

    private record Keeping(Channel channel, List<Message> taken) implements Gateway {

        @Override
        public String send(Message message) {
            taken.add(message);
            return "Keeping";
        }
    }

    private record Scripted(boolean fails) implements Gateway {

        @Override
        public Channel channel() {
            return Channel.SMS;
        }

        @Override
        public String send(Message message) {
            if (fails) {
                throw new IllegalStateException("500 for " + message.to());
            }
            return getClass().getSimpleName();
        }
    }
}
