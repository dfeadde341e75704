package org.accountsecurity.benchmark;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows of the floor: one a request, one a job or timer, one an interaction. */
final class FloorTables {

    /** The state in which only jobs go on. */
    static final String WAITING = "WAITING";

    private static final String TABLES = """
            create table if not exists floor_request (id varchar(36) primary key, work varchar(20) not null,
                account_id varchar(64) not null, request_id varchar(36), state varchar(40) not null,
                verification_id varchar(36), purpose varchar(20), code_expires_at timestamptz, revision int not null);
            create index if not exists floor_request_account on floor_request (account_id);
            create table if not exists floor_timer (id varchar(36) primary key, floor_id varchar(36) not null,
                step varchar(40) not null, data_set varchar(40), due_at timestamptz not null);
            create index if not exists floor_timer_floor on floor_timer (floor_id);
            create index if not exists floor_timer_due on floor_timer (due_at);
            create table if not exists floor_audit (id varchar(36) primary key, floor_id varchar(36) not null,
                step varchar(40) not null, account_id varchar(64) not null, at timestamptz not null);
            create index if not exists floor_audit_floor on floor_audit (floor_id);
            """;

    private final JdbcClient jdbc;
    private final JdbcClient driver;

    record Row(
            String id,
            Work work,
            String accountId,
            String requestId,
            String state,
            String verificationId,
            String purpose,
            Timestamp codeExpiresAt) {}

    record Timer(String id, String step, String dataSet) {}

    /** @param driver of connections that nobody counts */
    FloorTables(JdbcClient jdbc, JdbcClient driver) {
        this.jdbc = jdbc;
        this.driver = driver;
        driver.sql(TABLES).update();
    }

    List<Timer> due(String id) {
        return driver.sql("select id, step, data_set from floor_timer where floor_id = ? and due_at <= ?")
                .params(id, Timestamp.from(Instant.now().plusSeconds(1)))
                .query(Timer.class)
                .list();
    }

    /** The request that waits for this account; null if there is none. */
    Row waitingFor(String account) {
        return jdbc.sql("select * from floor_request where account_id = ? and state not in ('ENDED', 'WAITING')")
                .param(account)
                .query(Row.class)
                .optional()
                .orElse(null);
    }

    void open(String id, Work work, String account, String request, String state) {
        jdbc.sql("insert into floor_request (id, work, account_id, request_id, state, revision)"
                        + " values (?, ?, ?, ?, ?, 1)")
                .params(id, work.name(), account, request, state)
                .update();
    }

    void awaitCode(String id, String verification, String purpose, Timestamp expires) {
        jdbc.sql("update floor_request set verification_id = ?, purpose = ?, code_expires_at = ?,"
                        + " state = 'UserTask_EnterCode', revision = revision + 1 where id = ?")
                .params(verification, purpose, expires, id)
                .update();
    }

    void end(String id) {
        jdbc.sql("delete from floor_timer where floor_id = ?").param(id).update();
        state(id, "ENDED");
    }

    void done(Timer timer) {
        jdbc.sql("delete from floor_timer where id = ?").param(timer.id()).update();
    }

    Row lock(String id) {
        return jdbc.sql("select * from floor_request where id = ? for update")
                .param(id)
                .query(Row.class)
                .single();
    }

    void state(String id, String state) {
        jdbc.sql("update floor_request set state = ?, revision = revision + 1 where id = ?")
                .params(state, id)
                .update();
    }

    void timer(String id, String step, String dataSet, Duration from) {
        jdbc.sql("insert into floor_timer (id, floor_id, step, data_set, due_at) values (?, ?, ?, ?, ?)")
                .params(
                        UUID.randomUUID().toString(),
                        id,
                        step,
                        dataSet,
                        Timestamp.from(Instant.now().plus(from)))
                .update();
    }

    void cancel(String id, String step) {
        jdbc.sql("delete from floor_timer where floor_id = ? and step = ?")
                .params(id, step)
                .update();
    }

    /** Cancels that of a data set, and says how many are left of others. */
    long cancelled(String id, String step, String dataSet) {
        jdbc.sql("delete from floor_timer where floor_id = ? and step = ? and data_set = ?")
                .params(id, step, dataSet)
                .update();
        return jdbc.sql("select count(*) from floor_timer where floor_id = ? and step = ?")
                .params(id, step)
                .query(Long.class)
                .single();
    }

    void audit(String id, String step, String by) {
        jdbc.sql("insert into floor_audit (id, floor_id, step, account_id, at) values (?, ?, ?, ?, ?)")
                .params(UUID.randomUUID().toString(), id, step, by, Timestamp.from(Instant.now()))
                .update();
    }
}
