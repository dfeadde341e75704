package org.accountsecurity.gateway;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Hands messages to the gateway of their channel. */
@Component
public class Messenger {

    private static final Logger LOG = LoggerFactory.getLogger(Messenger.class);

    private final Map<Channel, Gateway> gateways;
    private final ApplicationEventPublisher events;
    private final String signature;

    Messenger(List<Gateway> gateways, SmsSettings settings, ApplicationEventPublisher events) {
        this.events = events;
        this.signature = settings.signature();
        this.gateways = gateways.stream().collect(Collectors.toMap(Gateway::channel, Function.identity()));
        for (Channel channel : Channel.values()) {
            if (!this.gateways.containsKey(channel)) {
                LOG.warn("No {} gateway is configured: holders are not offered this channel", channel);
            }
        }
    }

    /** Whether there is a gateway for this channel. */
    public boolean delivers(Channel channel) {
        return gateways.containsKey(channel);
    }

    /**
     * Sends a message, an SMS with the signature of the shop in front.
     *
     * @throws MessageNotAcceptedException if the gateway did not take it; a retry is safe
     */
    public void send(Message unsigned) {
        Message message = unsigned.signed(signature);
        Gateway gateway = gateways.get(message.channel());
        if (gateway == null) {
            publish(message, "none", MessageSent.Outcome.REFUSED);
            throw new MessageNotAcceptedException(message.channel(), "none is configured");
        }
        try {
            String took = gateway.send(message);
            publish(message, took, MessageSent.Outcome.ACCEPTED);
        } catch (MessageNotAcceptedException e) {
            // each of several gateways has published its own refusal
            throw e;
        } catch (GatewayFailedException e) {
            publish(message, gateway.getClass().getSimpleName(), MessageSent.Outcome.REFUSED);
            throw new MessageNotAcceptedException(message.channel(), e.getMessage(), e.mayHaveTaken());
        } catch (RuntimeException e) {
            publish(message, gateway.getClass().getSimpleName(), MessageSent.Outcome.REFUSED);
            // the cause may quote the address or the text, so only its kind is kept
            throw new MessageNotAcceptedException(
                    message.channel(), e.getClass().getSimpleName());
        }
    }

    private void publish(Message message, String gateway, MessageSent.Outcome outcome) {
        events.publishEvent(new MessageSent(
                message.channel(), gateway, outcome, message.text().length()));
    }
}
