package org.accountsecurity.deregistration;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Checks the open items again while the holder settles them, and sends one message when none is left. */
@Component
class OpenItemsWatch {

    private final OpenItems openItems;
    private final HolderMessages messages;
    private final JdbcClient jdbc;
    private final Clock clock;

    OpenItemsWatch(OpenItems openItems, HolderMessages messages, JdbcClient jdbc, Clock clock) {
        this.openItems = openItems;
        this.messages = messages;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Asks every data set again, and sends the message unless it was sent since the last open item. */
    @Transactional
    void recheck(String requestId) {
        openItems.checkAll(requestId);
        if (!openItems.blockers(requestId).isEmpty()) {
            jdbc.sql("update holder_request set told_clear_at = null where id = ?")
                    .param(requestId)
                    .update();
            return;
        }
        Instant now = clock.instant();
        int first = jdbc.sql("update holder_request set told_clear_at = ? where id = ? and told_clear_at is null")
                .params(Timestamp.from(now), requestId)
                .update();
        if (first == 1) {
            messages.send(requestId, "open-items-settled", Map.of(), "clear-" + now.toEpochMilli(), Instant.MAX);
        }
    }
}
