package org.accountsecurity.deregistration.export;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The queue of copies to be made. A worker takes an order with a lease, and renews it while it works; an order that was
 * cancelled, or taken by another worker since, accepts no more parts.
 */
@Component
class ExportOrders {

    /** Longer than a data set may take for one answer. */
    static final Duration LEASE = Duration.ofMinutes(2);

    private static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(10),
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(15),
            Duration.ofHours(1));
    private static final int CANDIDATES = 10;

    private final JdbcClient jdbc;
    private final Clock clock;

    ExportOrders(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** An order that a worker has taken; each attempt has its own lease. */
    record Order(String requestId, String accountId, int attempt, String lease) {}

    void add(String requestId, String accountId) {
        jdbc.sql("insert into data_export_order (request_id, account_id, attempts, due_at) values (?, ?, 0, ?)")
                .params(requestId, accountId, now())
                .update();
    }

    /** Waits for a part that is being written; no part is written afterwards. */
    void cancel(String requestId) {
        jdbc.sql("delete from data_export_order where request_id = ?")
                .param(requestId)
                .update();
    }

    ExportState stateOf(String requestId) {
        return state("request_id", requestId);
    }

    ExportState stateFor(String accountId) {
        return state("account_id", accountId);
    }

    private ExportState state(String column, String value) {
        return jdbc
                .sql("select attempts, lease from data_export_order where " + column + " = ?")
                .param(value)
                .query((row, number) -> {
                    int failed = row.getInt("attempts") - (row.getString("lease") == null ? 0 : 1);
                    return failed > 0 ? ExportState.RETRYING : ExportState.PACKING;
                })
                .list()
                .stream()
                .findFirst()
                .orElse(ExportState.NONE);
    }

    /** Takes the order that has been due longest, with nothing of an earlier attempt left. */
    @Transactional
    Optional<Order> take() {
        List<Order> due = jdbc.sql("select request_id, account_id, attempts from data_export_order"
                        + " where due_at <= ? order by due_at limit ?")
                .params(now(), CANDIDATES)
                .query((row, number) -> new Order(
                        row.getString("request_id"),
                        row.getString("account_id"),
                        row.getInt("attempts") + 1,
                        UUID.randomUUID().toString()))
                .list();
        for (Order order : due) {
            int taken = jdbc.sql("update data_export_order set lease = ?, attempts = ?, due_at = ?"
                            + " where request_id = ? and due_at <= ?")
                    .params(order.lease(), order.attempt(), in(LEASE), order.requestId(), now())
                    .update();
            if (taken == 1) {
                deleteParts(order);
                return Optional.of(order);
            }
        }
        return Optional.empty();
    }

    /** Renews the lease; false if it was lost. */
    @Transactional
    boolean renew(Order order) {
        return jdbc.sql("update data_export_order set due_at = ? where request_id = ? and lease = ?")
                        .params(in(LEASE), order.requestId(), order.lease())
                        .update()
                == 1;
    }

    /** Adds a part, in a transaction of its own; false if the lease was lost. */
    @Transactional
    boolean write(Order order, int number, byte[] content) {
        if (!renew(order)) {
            return false;
        }
        jdbc.sql("insert into data_export_part (request_id, number, content) values (?, ?, ?)")
                .params(order.requestId(), number, content)
                .update();
        return true;
    }

    /** Makes the parts an export that can be downloaded, unless the lease was lost. */
    @Transactional
    void finish(Order order, long bytes, Duration keptFor) {
        int finished = jdbc.sql("delete from data_export_order where request_id = ? and lease = ?")
                .params(order.requestId(), order.lease())
                .update();
        if (finished == 1) {
            jdbc.sql("insert into data_export (request_id, account_id, bytes, expires_at) values (?, ?, ?, ?)")
                    .params(order.requestId(), order.accountId(), bytes, in(keptFor))
                    .update();
        }
    }

    /**
     * Puts off an order that failed, longer after each attempt.
     *
     * @return for how long; empty if the lease was lost
     */
    @Transactional
    Optional<Duration> putOff(Order order) {
        Duration pause = PAUSES.get(Math.min(order.attempt(), PAUSES.size()) - 1);
        int putOff = jdbc.sql(
                        "update data_export_order set lease = null, due_at = ? where request_id = ? and lease = ?")
                .params(in(pause), order.requestId(), order.lease())
                .update();
        if (putOff == 0) {
            return Optional.empty();
        }
        deleteParts(order);
        return Optional.of(pause);
    }

    /** Gives an order back without counting the attempt: the shutdown of a node is no failure of the copy. */
    @Transactional
    void giveBack(Order order) {
        int givenBack = jdbc.sql("update data_export_order set lease = null, attempts = ?, due_at = ?"
                        + " where request_id = ? and lease = ?")
                .params(order.attempt() - 1, now(), order.requestId(), order.lease())
                .update();
        if (givenBack == 1) {
            deleteParts(order);
        }
    }

    private void deleteParts(Order order) {
        jdbc.sql("delete from data_export_part where request_id = ?")
                .param(order.requestId())
                .update();
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }

    private Timestamp in(Duration time) {
        return Timestamp.from(clock.instant().plus(time));
    }
}
