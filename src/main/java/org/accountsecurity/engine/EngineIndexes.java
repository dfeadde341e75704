package org.accountsecurity.engine;

import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Adds the index by which due jobs are found to the engine's own, wherever the engine may create its tables. */
@Component
class EngineIndexes extends AbstractProcessEnginePlugin {

    private static final String BY_DUE_DATE =
            "create index if not exists ACCSEC_IDX_JOB_DUEDATE on ACT_RU_JOB (DUEDATE_)";

    @Override
    public void postProcessEngineBuild(ProcessEngine engine) {
        ProcessEngineConfigurationImpl configuration =
                (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();
        if (ProcessEngineConfiguration.DB_SCHEMA_UPDATE_TRUE.equals(configuration.getDatabaseSchemaUpdate())) {
            JdbcTemplate jdbc = new JdbcTemplate(configuration.getDataSource());
            try {
                jdbc.execute(BY_DUE_DATE);
            } catch (DataAccessException e) {
                // PostgreSQL lets two nodes that create it at once collide; then it is there
                jdbc.execute(BY_DUE_DATE);
            }
        }
    }
}
