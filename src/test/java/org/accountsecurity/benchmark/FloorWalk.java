package org.accountsecurity.benchmark;

import java.util.List;
import java.util.Map;
import org.accountsecurity.benchmark.FloorTables.Row;
import org.accountsecurity.benchmark.FloorTables.Timer;
import org.accountsecurity.gateway.SilentGateways;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The work as {@link FloorMachine} does it, asked and driven in the same steps as the engine. */
final class FloorWalk implements Walk {

    private final FloorMachine machine;
    private final FloorTables tables;
    private final TransactionTemplate transaction;
    private final SilentGateways gateways;
    private final ShownValues shown;

    FloorWalk(ApplicationContext context, JdbcClient driver) {
        this.tables = new FloorTables(context.getBean(JdbcClient.class), driver);
        this.machine = new FloorMachine(context, tables);
        this.transaction = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
        this.gateways = context.getBean(SilentGateways.class);
        this.shown = new ShownValues(context);
    }

    @Override
    public void walk(Work work, Holder holder, String until, Latencies latencies) {
        String id = latencies.of("start", () -> transaction.execute(status -> machine.start(work, holder)));
        for (int step = 0; step < MOST_STEPS; step++) {
            doJobs(id, latencies);
            Row row = latencies.of("read", () -> transaction.execute(status -> read(holder)));
            if (row == null || row.state().equals(until)) {
                return;
            }
            Map<String, Object> answer = holder.answer(row.state(), gateways::take);
            latencies.of(
                    row.state(),
                    () -> transaction.executeWithoutResult(status -> {
                        shown.answered(work, row.state(), row.requestId(), holder);
                        machine.submit(id, holder, answer);
                    }));
        }
        throw new IllegalStateException(holder + " goes in circles");
    }

    private Row read(Holder holder) {
        Row row = tables.waitingFor(holder.account());
        if (row != null) {
            shown.of(row.state(), row.requestId());
        }
        return row;
    }

    private void doJobs(String id, Latencies latencies) {
        for (List<Timer> due = tables.due(id); !due.isEmpty(); due = tables.due(id)) {
            due.forEach(timer -> latencies.of(
                    timer.step(), () -> transaction.executeWithoutResult(status -> machine.job(id, timer))));
        }
    }
}
