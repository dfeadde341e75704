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
 * What gateways did with this node's last messages. It asks none of them and takes no node out of service: what one node
 * can't send, another can't either, and everything but a code still works.
 */
@Component
class GatewaysHealthIndicator extends AbstractHealthIndicator {

    static final Status DEGRADED = new Status("DEGRADED");

    /** In a row: one may be the message's own fault. */
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
