package org.accountsecurity.nodes;

import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.accountsecurity.engine.history.PathHistoryLevel;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.camunda.bpm.model.bpmn.Bpmn;

/** Many timers of a process that does nothing else, made by an engine on the cluster's database that does no jobs itself. */
final class DueTimers {

    private DueTimers() {}

    /** Starts so many instances, whose timers are due in an hour. */
    static void start(DataSource database, String key, int count) {
        StandaloneProcessEngineConfiguration configuration = new StandaloneProcessEngineConfiguration();
        configuration.setProcessEngineName("timers");
        configuration.setDataSource(database);
        configuration.setDatabaseSchemaUpdate("false");
        configuration.setCustomHistoryLevels(List.of(new PathHistoryLevel()));
        configuration.setHistory(PathHistoryLevel.NAME);
        configuration.setEnableDefaultDbHistoryEventHandler(false);
        configuration.setMetricsEnabled(false);
        configuration.setTaskMetricsEnabled(false);
        configuration.setEnforceHistoryTimeToLive(false);
        ProcessEngine engine = configuration.buildProcessEngine();
        try {
            engine.getRepositoryService()
                    .createDeployment()
                    .addModelInstance(
                            key + ".bpmn",
                            Bpmn.createExecutableProcess(key)
                                    .startEvent()
                                    .intermediateCatchEvent()
                                    .timerWithDuration("PT1H")
                                    .endEvent("EndEvent_Fired")
                                    .done())
                    .deploy();
            IntStream.range(0, count)
                    .parallel()
                    .forEach(instance ->
                            engine.getRuntimeService().startProcessInstanceByKey(key, key + "-" + instance));
        } finally {
            engine.close();
        }
    }
}
