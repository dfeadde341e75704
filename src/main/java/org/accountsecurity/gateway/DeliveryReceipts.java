package org.accountsecurity.gateway;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Delivery receipts by the keys of messages. A receipt may arrive before the answer to the message, so every key is
 * kept.
 */
@Component
public class DeliveryReceipts {

    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    DeliveryReceipts(JdbcClient jdbc, ApplicationEventPublisher events, Clock clock) {
        this.jdbc = jdbc;
        this.events = events;
        this.clock = clock;
    }

    /** Keeps the first receipt of a message; later ones change nothing. */
    void keep(String messageKey, Delivery delivery) {
        try {
            int kept = jdbc.sql("insert into message_receipt (message_key, delivery, received_at)"
                            + " select ?, ?, ? where not exists (select 1 from message_receipt where message_key = ?)")
                    .params(messageKey, delivery.name(), Timestamp.from(clock.instant()), messageKey)
                    .update();
            if (kept == 1) {
                events.publishEvent(new MessageDelivered(Channel.SMS, delivery == Delivery.DELIVERED));
            }
        } catch (DuplicateKeyException e) {
            // another receipt was first
        }
    }

    /** Empty until a gateway has reported it. */
    public Optional<Delivery> of(String messageKey) {
        return jdbc.sql("select delivery from message_receipt where message_key = ?")
                .param(messageKey)
                .query((row, number) -> Delivery.valueOf(row.getString(1)))
                .optional();
    }
}
