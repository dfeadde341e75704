package org.accountsecurity.time;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneRules;
import java.util.Objects;
import org.accountsecurity.startup.StartRefusedException;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Profile;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Refuses a node in another time zone than the nodes before it: the engine writes its dates without a zone, in that of
 * its JVM. The first node's is kept in the database.
 */
@Component
@Profile("!migrate")
public class EngineZone extends AbstractProcessEnginePlugin {

    static final String PROPERTY = "account-security.time-zone";

    private final JdbcClient jdbc;
    private final ZoneId own;

    @Autowired
    EngineZone(JdbcClient jdbc) {
        this(jdbc, ZoneId.systemDefault());
    }

    EngineZone(JdbcClient jdbc, ZoneId own) {
        this.jdbc = jdbc;
        this.own = own;
    }

    /** The engine has its tables and has written no date yet. */
    @Override
    public void postProcessEngineBuild(ProcessEngine engine) {
        recordFirst();
        ZoneId recorded = ZoneId.of(jdbc.sql("select VALUE_ from ACT_GE_PROPERTY where NAME_ = ?")
                .param(PROPERTY)
                .query(String.class)
                .single());
        if (!sameClock(recorded, own)) {
            throw new StartRefusedException(
                    "This node's time zone is " + own + ", but the engine's dates in the database are written in "
                            + recorded + ".",
                    "Start it with the environment variable JAVA_TOOL_OPTIONS=-Duser.timezone=" + recorded + ".");
        }
    }

    private void recordFirst() {
        try {
            jdbc.sql("insert into ACT_GE_PROPERTY (NAME_, VALUE_, REV_) select ?, ?, 1"
                            + " where not exists (select 1 from ACT_GE_PROPERTY where NAME_ = ?)")
                    .params(PROPERTY, own.getId(), PROPERTY)
                    .update();
        } catch (DuplicateKeyException e) {
            // another node that starts was first
        }
    }

    /** Zones have several names, and differ in years that no date of the engine is in. */
    private static boolean sameClock(ZoneId one, ZoneId other) {
        Instant now = ClockUtil.now().toInstant();
        ZoneRules rules = one.getRules();
        ZoneRules others = other.getRules();
        return rules.getOffset(now).equals(others.getOffset(now))
                && Objects.equals(rules.nextTransition(now), others.nextTransition(now));
    }
}
