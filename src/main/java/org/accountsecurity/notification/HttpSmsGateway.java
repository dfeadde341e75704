package org.accountsecurity.notification;

import java.time.Duration;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Profile;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/** Posts {@code {"to", "text"}} to the shop's SMS gateway; any answer but 2xx is a refusal. */
@Component
@Profile("!demo")
@ConditionalOnProperty("account-security.sms.url")
class HttpSmsGateway implements Gateway {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final RestClient client;

    HttpSmsGateway(@Value("${account-security.sms.url}") String url) {
        SimpleClientHttpRequestFactory requests = new SimpleClientHttpRequestFactory();
        requests.setConnectTimeout(TIMEOUT);
        requests.setReadTimeout(TIMEOUT);
        this.client = RestClient.builder().baseUrl(url).requestFactory(requests).build();
    }

    @Override
    public Channel channel() {
        return Channel.SMS;
    }

    @Override
    public void send(Message message) {
        client.post()
                .header("Idempotency-Key", message.key())
                .body(Map.of("to", message.to(), "text", message.text()))
                .retrieve()
                .toBodilessEntity();
    }
}
