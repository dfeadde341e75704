package org.accountsecurity.rehearsal;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.accountsecurity.engine.rehearsal.RehearsalFinding;
import org.accountsecurity.rehearsal.PassedElements.Passed;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
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

    /** In an application that was prepared so. */
    public static Rehearsals in(ConfigurableApplicationContext context) {
        return new Rehearsals(new Stage(context));
    }

    /**
     * Walks the files, as they are and with other values in the tables.
     *
     * @param files what the guard lets pass, all that belongs together
     * @param progress is told each step
     */
    public List<RehearsalFinding> rehearse(Map<String, byte[]> files, Consumer<String> progress) {
        List<ProcessDefinition> definitions = deploy(files);
        Map<Passed, Passed> flows = flows(definitions);
        Rehearsal asTheyAre = new Rehearsal(stage, "", startable(definitions), progress);
        asTheyAre.takeEachChoice();
        List<RehearsalFinding> findings = new ArrayList<>(asTheyAre.findings());
        if (findings.isEmpty()) {
            flows.keySet().removeAll(asTheyAre.passed());
            asTheyAre.reach(flows);
            findings.addAll(asTheyAre.findings());
            flows.keySet().removeAll(asTheyAre.passed());
            Rehearsal otherwise = asTheyAre.otherwise("otherwise", startable(deploy(Settings.changed(files))));
            otherwise.takeEachChoice();
            flows.keySet().removeAll(otherwise.passed());
            otherwise.reach(flows);
            flows.keySet().removeAll(otherwise.passed());
            System.err.println(asTheyAre.walks() + "+" + otherwise.walks() + " walks " + asTheyAre.steps() + "+"
                    + otherwise.steps() + " steps " + asTheyAre.withoutOutcome() + otherwise.withoutOutcome());
            otherwise.findings().forEach(finding -> findings.add(finding.asWarning(Settings.WORDS)));
            flows.keySet().stream()
                    .sorted(Comparator.comparing(Passed::toString))
                    .forEach(flow -> findings.add(new RehearsalFinding(
                            false, flow.process(), flow.element(), "没有一种走法经过这条连线。", List.of(), List.of())));
        }
        return findings;
    }

    private List<ProcessDefinition> deploy(Map<String, byte[]> files) {
        DeploymentBuilder deployment = stage.repository.createDeployment();
        files.forEach((name, content) -> deployment.addInputStream(name, new ByteArrayInputStream(content)));
        List<ProcessDefinition> deployed = deployment.deployWithResult().getDeployedProcessDefinitions();
        return deployed == null
                ? List.of()
                : deployed.stream()
                        .map(definition -> stage.repository.getProcessDefinition(definition.getId()))
                        .sorted(Comparator.comparing(ProcessDefinition::getKey))
                        .toList();
    }

    private List<ProcessDefinition> startable(List<ProcessDefinition> definitions) {
        return definitions.stream()
                .filter(definition -> stage.hasStartForm(definition) || stage.hasStartTimer(definition))
                .toList();
    }

    /** The flows, and what is passed before them: of those that leave an event at an activity, the activity. */
    private Map<Passed, Passed> flows(List<ProcessDefinition> definitions) {
        Map<Passed, Passed> flows = new LinkedHashMap<>();
        for (ProcessDefinition definition : definitions) {
            stage.repository
                    .getBpmnModelInstance(definition.getId())
                    .getModelElementsByType(SequenceFlow.class)
                    .forEach(flow -> flows.put(
                            new Passed(definition.getKey(), flow.getId()),
                            new Passed(definition.getKey(), source(flow.getSource()))));
        }
        return flows;
    }

    private static String source(FlowNode node) {
        return node instanceof BoundaryEvent event ? event.getAttachedTo().getId() : node.getId();
    }
}
