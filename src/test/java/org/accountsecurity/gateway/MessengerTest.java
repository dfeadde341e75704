package org.accountsecurity.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MessengerTest {

    private static final Message CODE = new Message(Channel.SMS, "13800138001", "验证码", "验证码 123456", "key-1");

    private final List<Object> told = new ArrayList<>();

    @Test
    @DisplayName("what a gateway took is told, and neither to whom nor what")
    void whatAGatewayTookIsTold() {
        assertThat(new Messenger(List.of(new Scripted(false)), told::add).accepts(CODE))
                .isTrue();

        assertThat(told).containsExactly(new MessageSent(Channel.SMS, "Scripted", MessageSent.Outcome.ACCEPTED, 10));
        assertThat(told.toString()).doesNotContain("138", "123456", "key-1");
    }

    @Test
    @DisplayName("what a gateway refused is told, and so is that there is none")
    void whatAGatewayRefusedIsTold() {
        assertThat(new Messenger(List.of(new Scripted(true)), told::add).accepts(CODE))
                .isFalse();
        assertThat(new Messenger(List.of(), told::add).accepts(CODE)).isFalse();

        assertThat(told)
                .containsExactly(
                        new MessageSent(Channel.SMS, "Scripted", MessageSent.Outcome.REFUSED, 10),
                        new MessageSent(Channel.SMS, "none", MessageSent.Outcome.REFUSED, 10));
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
