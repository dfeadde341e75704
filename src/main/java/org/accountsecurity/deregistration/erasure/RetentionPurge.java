package org.accountsecurity.deregistration.erasure;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.accountsecurity.request.Purgeable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Deletes what has been kept long enough: of the shop's retained records, and of our own. */
@Component
class RetentionPurge {

    private static final int CHUNK = 5_000;

    private final DataSetCatalogue dataSets;
    private final DeregistrationPolicy policy;
    private final List<Purgeable> own;
    private final JdbcClient jdbc;
    private final Clock clock;

    RetentionPurge(
            DataSetCatalogue dataSets, DeregistrationPolicy policy, List<Purgeable> own, JdbcClient jdbc, Clock clock) {
        this.dataSets = dataSets;
        this.policy = policy;
        this.own = own;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Deletes as much as one transaction takes.
     *
     * @return whether nothing is left to delete
     */
    @Transactional
    boolean purge() {
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, clock.getZone());
        int deleted = dataSets.getNames().stream()
                .mapToInt(name -> dataSets.get(name).purge(today))
                .sum();
        deleted += own.stream().mapToInt(purgeable -> purgeable.purge(now)).sum();
        Instant recordsUntil = now.minus(policy.of(DeregistrationPolicy.Row.RECEIPT_KEPT_FOR));
        for (String table : List.of("erasure", "consent")) {
            deleted += jdbc.sql("delete from " + table + " where request_id in"
                            + " (select id from holder_request where ended_at < ? limit ?)")
                    .params(Timestamp.from(recordsUntil), CHUNK)
                    .update();
        }
        deleted += jdbc.sql("delete from holder_request where id in"
                        + " (select id from holder_request where ended_at < ? limit ?)")
                .params(Timestamp.from(recordsUntil), CHUNK)
                .update();
        return deleted == 0;
    }
}
