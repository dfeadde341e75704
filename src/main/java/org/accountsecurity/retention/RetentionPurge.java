package org.accountsecurity.retention;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import org.accountsecurity.obligation.ObligationCheck;
import org.accountsecurity.policy.DeregistrationPolicy;
import org.accountsecurity.shop.DataSetCatalogue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Deletes expired records: retained ones of the shop, and our own. */
@Component
public class RetentionPurge implements ObligationCheck {

    private static final Logger LOG = LoggerFactory.getLogger(RetentionPurge.class);

    private static final int CHUNK = 1_000;
    /** How long the diagram, which purges every hour, may fail. */
    private static final Duration PATIENCE = Duration.ofDays(1);

    private static final int MOST_AT_ONCE = 1_000;

    private final DataSetCatalogue dataSets;
    private final DeregistrationPolicy policy;
    private final Map<String, Purgeable> own;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private volatile Instant purged;

    public RetentionPurge(
            DataSetCatalogue dataSets,
            DeregistrationPolicy policy,
            Map<String, Purgeable> own,
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.dataSets = dataSets;
        this.policy = policy;
        this.own = new TreeMap<>(own);
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.clock = clock;
        this.purged = clock.instant();
    }

    /** The purge itself, if no diagram has run it for a day. */
    @Override
    public List<String> lacking() {
        return purged.plus(PATIENCE).isAfter(clock.instant()) ? List.of() : List.of("retention-purge");
    }

    @Override
    public void owe(String id) {
        LOG.warn("No diagram has purged on this node for a day: expired records are purged without one");
        boolean complete = false;
        for (int time = 0; time < MOST_AT_ONCE && !complete; time++) {
            complete = purge();
        }
    }

    /**
     * Deletes of each kind as much as one transaction takes; a kind that fails keeps no other from being deleted.
     *
     * @return whether nothing is left to delete
     * @throws IllegalStateException if a kind failed, once the others are done
     */
    public boolean purge() {
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, clock.getZone());
        Map<String, IntSupplier> kinds = new LinkedHashMap<>();
        dataSets.getNames()
                .forEach(name ->
                        kinds.put("data set " + name, () -> dataSets.get(name).purge(today)));
        own.forEach((name, purgeable) -> kinds.put(name, () -> purgeable.purge(now)));
        kinds.put("ended requests", () -> purgeRequests(now));

        Map<String, Integer> deleted = new LinkedHashMap<>();
        List<String> failed = kinds.entrySet().stream()
                .filter(kind -> !done(kind.getKey(), kind.getValue(), deleted))
                .map(Map.Entry::getKey)
                .toList();
        boolean complete = deleted.values().stream().allMatch(count -> count == 0);
        if (complete && !failed.isEmpty()) {
            throw new IllegalStateException("not purged: " + String.join(", ", failed));
        }
        if (complete) {
            purged = now;
        }
        return complete;
    }

    private boolean done(String kind, IntSupplier purge, Map<String, Integer> deleted) {
        try {
            deleted.put(kind, transaction.execute(status -> purge.getAsInt()));
            return true;
        } catch (RuntimeException e) {
            LOG.warn("{} was not purged: {}", kind, e.getClass().getSimpleName());
            return false;
        }
    }

    /** Records of processing are deleted together with their request. */
    private int purgeRequests(Instant now) {
        Instant until = now.minus(policy.newest(DeregistrationPolicy.Row.RECEIPT_KEPT_FOR));
        List<String> due = jdbc.sql("select id from holder_request where ended_at < ?"
                        + " and not exists (select 1 from receipt where receipt.request_id = holder_request.id)"
                        + " and not exists (select 1 from contest where contest.request_id = holder_request.id"
                        + " and closed_at is null)"
                        + " and not exists (select 1 from obligation where obligation.request_id = holder_request.id"
                        + " and done_at is null)"
                        + " order by ended_at limit ?")
                .params(Timestamp.from(until), CHUNK)
                .query(String.class)
                .list();
        if (due.isEmpty()) {
            return 0;
        }
        for (String table : List.of("erasure", "contest", "shown_form", "obligation")) {
            delete(table, "request_id", due);
        }
        int requests = delete("holder_request", "id", due);
        delete("holder_answer", "request_id", due);
        return requests;
    }

    private int delete(String table, String column, List<String> due) {
        return jdbc.sql("delete from " + table + " where " + column + " in (:due)")
                .param("due", due)
                .update();
    }
}
