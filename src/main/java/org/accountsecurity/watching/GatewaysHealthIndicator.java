package org.accountsecurity.watching;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.accountsecurity.gateway.Channel;
import org.accountsecurity.gateway.MessageSent;
import org.accountsecurity.gateway.Messenger;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Whether gateways took the last messages of this node. It sends nothing itself and never takes a node out of service,
 * since all nodes use the same gateways.
 */
@Component
class GatewaysHealthIndicator extends AbstractHealthIndicator {

    static final Status DEGRADED = new Status("DEGRADED");

    /** Refusals in a row; a single one may be caused by the message. */
    private static final int TOO_MANY = 3;

    private final Messenger messenger;
    private final Map<String, Integer> refusedInARow = new ConcurrentHashMap<>();

    GatewaysHealthIndicator(Messenger messenger) {
        this.messenger = messenger;
    }

    @EventListener
    void on(MessageSent message) {
        refusedInARow.merge(
                message.channel() + " " + message.gateway(),
                message.outcome() == MessageSent.Outcome.REFUSED ? 1 : 0,
                (before, refused) -> refused == 0 ? 0 : before + 1);
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        Map<String, Boolean> configured = new LinkedHashMap<>();
        for (Channel channel : Channel.values()) {
            configured.put(channel.name(), messenger.delivers(channel));
        }
        Map<String, Integer> refused = new TreeMap<>(refusedInARow);
        boolean refusing = refused.values().stream().anyMatch(times -> times >= TOO_MANY);
        boolean degraded = refusing || !messenger.delivers(Channel.SMS);
        health.status(degraded ? DEGRADED : Status.UP)
                .withDetail("configured", configured)
                .withDetail("refusedInARow", refused);
    }
}
