package org.accountsecurity.obligation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.accountsecurity.testing.Journey;
import org.accountsecurity.testing.Modeler;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.persistence.deploy.Deployer;

/** Deploys the shipped models without what some of their tasks do, and without the guard that would refuse it. */
final class Unguarded {

    private final ProcessEngineConfigurationImpl engine;
    private final Journey journey;

    Unguarded(ProcessEngineConfigurationImpl engine, Journey journey) {
        this.engine = engine;
        this.journey = journey;
    }

    /** Until the test is over. */
    void deployWithout(List<String> delegates) {
        Map<String, String> files = Modeler.everythingWith("account-deregistration.bpmn");
        for (String delegate : delegates) {
            String bound = "camunda:delegateExpression=\"${" + delegate + "}\"";
            if (files.values().stream().noneMatch(file -> file.contains(bound))) {
                throw new AssertionError("nothing is bound to " + delegate);
            }
            files.replaceAll((name, file) ->
                    file.replace(bound, "camunda:expression=\"${true}\" camunda:resultVariable=\"complete\""));
        }
        List<Deployer> guarded = engine.getDeployers();
        List<Deployer> others = new ArrayList<>(guarded);
        others.removeAll(engine.getCustomPreDeployers());
        engine.getDeploymentCache().setDeployers(others);
        try {
            journey.deployed(files);
        } finally {
            engine.getDeploymentCache().setDeployers(guarded);
        }
    }
}
