package org.accountsecurity.engine.history;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The way that each request took, one row a transaction, in the place of the engine's own history. */
@Component
public class Trails {

    private static final int CHUNK = 5_000;

    private final JdbcClient jdbc;

    Trails(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Lets the engine write trails, and nothing into its tables of history. */
    public void replaceHistoryOf(ProcessEngineConfigurationImpl configuration) {
        configuration.setCustomHistoryLevels(List.of(new PathHistoryLevel()));
        configuration.setHistory(PathHistoryLevel.NAME);
        configuration.setHistoryEventProducer(new TrailRecorder());
        configuration.setEnableDefaultDbHistoryEventHandler(false);
        configuration.setCustomSessionFactories(new ArrayList<>(List.of(new TrailSession.Factory(this))));
    }

    /** Within the transaction of what has passed; at the engine's time, which follows the database's. */
    void add(String requestId, String steps) {
        jdbc.sql("insert into trail (request_id, passed_at, steps) values (?, ?, ?)")
                .params(requestId, new Timestamp(ClockUtil.getCurrentTime().getTime()), steps)
                .update();
    }

    List<Trail> of(String requestId) {
        return jdbc.sql("select passed_at, steps from trail where request_id = ? order by id")
                .param(requestId)
                .query((row, number) -> Trail.of(row.getTimestamp("passed_at").toInstant(), row.getString("steps")))
                .list();
    }

    /** Rows come in the order of time, so that the oldest ones are found without an index of it. */
    int deleteBefore(Instant time) {
        return jdbc.sql("delete from trail where passed_at < ? and id in (select id from trail order by id limit ?)")
                .params(Timestamp.from(time), CHUNK)
                .update();
    }
}
