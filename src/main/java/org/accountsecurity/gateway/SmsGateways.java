package org.accountsecurity.gateway;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;

/**
 * The SMS gateways in their order: after a failure the next one is asked, and one that keeps failing is left out for a
 * while. Each node decides that by itself.
 */
class SmsGateways implements Gateway {

    private static final Logger LOG = LoggerFactory.getLogger(SmsGateways.class);

    private final List<Guarded> gateways;
    private final ApplicationEventPublisher events;

    /** A gateway by its number, from 0 as in the settings, and its breaker. */
    private record Guarded(int number, HttpSmsGateway gateway, CircuitBreaker breaker) {}

    SmsGateways(SmsSettings settings, ApplicationEventPublisher events, Clock clock) {
        this.events = events;
        CircuitBreakerConfig config = CircuitBreakerConfig.custom()
                .slidingWindowSize(settings.breaker().calls())
                .minimumNumberOfCalls(settings.breaker().calls())
                .failureRateThreshold(settings.breaker().failureRate())
                .waitDurationInOpenState(settings.breaker().openFor())
                .permittedNumberOfCallsInHalfOpenState(1)
                .build();
        this.gateways = IntStream.range(0, settings.all().size())
                .mapToObj(number -> new Guarded(
                        number,
                        new HttpSmsGateway(settings.all().get(number), clock),
                        CircuitBreaker.of("sms-" + number, config)))
                .toList();
        gateways.stream()
                .map(Guarded::number)
                .filter(number -> settings.all().get(number).success() == null)
                .forEach(number -> LOG.warn(
                        "SMS gateway {}: a message counts as sent with any 2xx answer, even one that says it failed. Set"
                                + " account-security.sms.gateways[{}].success.pointer and .value to what the answer says"
                                + " when it was taken{}.",
                        number,
                        number,
                        settings.url().isBlank()
                                ? ""
                                : ", and account-security.sms.gateways[0].url in place of account-security.sms.url"));
        gateways.forEach(guarded -> guarded.breaker()
                .getEventPublisher()
                .onStateTransition(
                        event -> LOG.warn("SMS gateway {}: {}", guarded.number(), event.getStateTransition())));
    }

    @Override
    public Channel channel() {
        return Channel.SMS;
    }

    @Override
    public String send(Message message) {
        List<String> reasons = new ArrayList<>();
        boolean mayHaveGone = false;
        for (Guarded guarded : gateways) {
            try {
                guarded.breaker().executeRunnable(() -> guarded.gateway().send(message));
                return name(guarded);
            } catch (CallNotPermittedException e) {
                reasons.add("gateway " + guarded.number() + ": left out after failures");
            } catch (GatewayFailedException e) {
                events.publishEvent(new MessageSent(
                        Channel.SMS,
                        name(guarded),
                        MessageSent.Outcome.REFUSED,
                        message.text().length()));
                reasons.add("gateway " + guarded.number() + ": " + e.getMessage());
                mayHaveGone |= e.mayHaveTaken();
                LOG.warn("SMS gateway {} did not take message {}: {}", guarded.number(), message.key(), e.getMessage());
            }
        }
        throw new MessageNotAcceptedException(Channel.SMS, String.join(", ", reasons), mayHaveGone);
    }

    private static String name(Guarded guarded) {
        return guarded.breaker().getName();
    }
}
