package org.accountsecurity.engine.history;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The path of each request, one row a transaction, instead of the engine's history. */
@Component
public class Trails {

    private static final int CHUNK = 5_000;

    private final JdbcClient jdbc;

    Trails(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Makes the engine write trails instead of its history tables. */
    public void replaceHistoryOf(ProcessEngineConfigurationImpl configuration) {
        configuration.setCustomHistoryLevels(List.of(new PathHistoryLevel()));
        configuration.setHistory(PathHistoryLevel.NAME);
        configuration.setHistoryEventProducer(new TrailRecorder());
        configuration.setEnableDefaultDbHistoryEventHandler(false);
        configuration.setCustomSessionFactories(new ArrayList<>(List.of(new TrailSession.Factory(this))));
    }

    /** Inserts in the transaction of the steps, with the engine's time, which follows the database's. */
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

    /** Rows are inserted in the order of time, so that the oldest are found without an index. */
    int deleteBefore(Instant time) {
        return jdbc.sql("delete from trail where passed_at < ? and id in (select id from trail order by id limit ?)")
                .params(Timestamp.from(time), CHUNK)
                .update();
    }
}
