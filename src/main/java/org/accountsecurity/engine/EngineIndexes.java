package org.accountsecurity.engine;

import java.util.List;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Adds indexes for due jobs and for subtasks, which the engine looks up whenever a task ends. Runs where the engine may
 * create tables.
 */
@Component
class EngineIndexes extends AbstractProcessEnginePlugin {

    private static final List<String> INDEXES = List.of(
            "create index if not exists ACCSEC_IDX_JOB_DUEDATE on ACT_RU_JOB (DUEDATE_)",
            "create index if not exists ACCSEC_IDX_TASK_PARENT on ACT_RU_TASK (PARENT_TASK_ID_)");

    @Override
    public void postProcessEngineBuild(ProcessEngine engine) {
        ProcessEngineConfigurationImpl configuration =
                (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();
        if (ProcessEngineConfiguration.DB_SCHEMA_UPDATE_TRUE.equals(configuration.getDatabaseSchemaUpdate())) {
            JdbcTemplate jdbc = new JdbcTemplate(configuration.getDataSource());
            INDEXES.forEach(index -> create(index, jdbc));
        }
    }

    private static void create(String index, JdbcTemplate jdbc) {
        try {
            jdbc.execute(index);
        } catch (DataAccessException e) {
            // on PostgreSQL two nodes may collide; the second attempt finds the index
            jdbc.execute(index);
        }
    }
}
