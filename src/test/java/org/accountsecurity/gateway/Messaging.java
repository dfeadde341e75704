package org.accountsecurity.gateway;

import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.context.ApplicationEventPublisher;

/** Messages and messengers without Spring. */
final class Messaging {

    private Messaging() {}

    static Message message(Channel channel, String to, String text, String key) {
        return new Message(channel, to, "主题", text, key, "owner-notice", Map.of("subject", "主题", "text", text));
    }

    static SmsSettings settings(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("", SmsSettings.class);
    }

    static Messenger messenger(ApplicationEventPublisher events, Gateway... gateways) {
        return new Messenger(List.of(gateways), settings(Map.of("signature", "演示商城")), events);
    }

    static boolean accepts(Messenger messenger, Message message) {
        try {
            messenger.send(message);
            return true;
        } catch (MessageNotAcceptedException e) {
            return false;
        }
    }
}
