package org.accountsecurity.gateway;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The phones and mailboxes of the demo; they exist only in the profile {@code demo}. */
@Component
@Profile("demo")
class Inbox {

    private final JdbcClient jdbc;
    private final Clock clock;

    Inbox(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** A message as it was received. */
    record Received(Channel channel, String to, String text, Instant sentAt) {}

    /** Keeps a message once for each key, in a transaction of its own: a phone does not give messages back. */
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    void receive(Message message) {
        jdbc.sql(
                        "insert into inbox_message (message_key, channel, recipient, subject, text, sent_at)"
                                + " select ?, ?, ?, ?, ?, ? where not exists (select 1 from inbox_message where message_key = ?)")
                .params(
                        message.key(),
                        message.channel().name(),
                        message.to(),
                        message.subject(),
                        message.text(),
                        Timestamp.from(clock.instant()),
                        message.key())
                .update();
    }

    /** Newest first. */
    List<Received> messages() {
        return jdbc.sql("select channel, recipient, text, sent_at from inbox_message order by id desc")
                .query((row, number) -> new Received(
                        Channel.valueOf(row.getString("channel")),
                        row.getString("recipient"),
                        row.getString("text"),
                        row.getTimestamp("sent_at").toInstant()))
                .list();
    }
}
