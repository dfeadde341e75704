package org.accountsecurity.rehearsal;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.accountsecurity.engine.rehearsal.RehearsalFinding;
import org.accountsecurity.rehearsal.PassedElements.Passed;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** Rehearses files in an application that was started for nothing else. */
public final class Rehearsals {

    private final Stage stage;

    private Rehearsals(Stage stage) {
        this.stage = stage;
    }

    /** Gives an application the clock of a rehearsal, and lets its engine note what it passes. */
    public static ApplicationContextInitializer<ConfigurableApplicationContext> preparation() {
        return context -> {
            GenericApplicationContext beans = (GenericApplicationContext) context;
            beans.registerBean(RehearsalClock.class, () -> new RehearsalClock(), bean -> bean.setPrimary(true));
            beans.registerBean(PassedElements.class, () -> new PassedElements());
        };
    }

    public static Rehearsals in(ConfigurableApplicationContext context) {
        return new Rehearsals(new Stage(context));
    }

    public List<RehearsalFinding> rehearse(Map<String, byte[]> files, Consumer<String> progress) {
        List<ProcessDefinition> definitions = deploy(files);
        Set<Passed> flows = new HashSet<>();
        List<ProcessDefinition> startable = new ArrayList<>();
        for (ProcessDefinition definition : definitions) {
            ProcessDefinition full = stage.repository.getProcessDefinition(definition.getId());
            stage.repository
                    .getBpmnModelInstance(full.getId())
                    .getModelElementsByType(SequenceFlow.class)
                    .forEach(flow -> flows.add(new Passed(full.getKey(), flow.getId())));
            if (stage.hasStartForm(full)
                    || stage.management
                                    .createJobQuery()
                                    .processDefinitionId(full.getId())
                                    .count()
                            > 0) {
                startable.add(full);
            }
        }
        Rehearsal rehearsal = new Rehearsal(stage, "A", startable, progress);
        rehearsal.walk(flows);
        flows.removeAll(rehearsal.passed());
        flows.stream().map(Passed::toString).sorted().forEach(System.err::println);
        System.err.println(rehearsal.walks() + " walks " + rehearsal.steps() + " steps");
        return rehearsal.findings();
    }

    private List<ProcessDefinition> deploy(Map<String, byte[]> files) {
        DeploymentBuilder deployment = stage.repository.createDeployment();
        files.forEach((name, content) -> deployment.addInputStream(name, new ByteArrayInputStream(content)));
        return List.copyOf(deployment.deployWithResult().getDeployedProcessDefinitions());
    }
}
