package org.accountsecurity.notification;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.annotation.Bean;

/** Gateways that take every message at once and keep, in memory, the last code that went to an address. */
public class SilentGateways {

    private final Map<String, String> codes = new ConcurrentHashMap<>();

    @Bean
    Gateway silentSms() {
        return new SilentGateway(Channel.SMS, codes);
    }

    @Bean
    Gateway silentMail() {
        return new SilentGateway(Channel.EMAIL, codes);
    }

    /** Gives away the last code that was sent there; null if there is none left. */
    public String take(String address) {
        return codes.remove(address);
    }

    private record SilentGateway(Channel channel, Map<String, String> codes) implements Gateway {

        @Override
        public String send(Message message) {
            String code = message.parameters().get("code");
            if (code != null) {
                codes.put(message.to(), code);
            }
            return "silent";
        }
    }
}
