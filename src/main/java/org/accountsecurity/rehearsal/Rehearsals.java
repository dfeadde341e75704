package org.accountsecurity.rehearsal;

import java.io.ByteArrayInputStream;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.accountsecurity.engine.guard.DeploymentGuard;
import org.accountsecurity.engine.guard.Finding;
import org.accountsecurity.engine.guard.Refusal;
import org.accountsecurity.engine.rehearsal.RehearsalFinding;
import org.accountsecurity.engine.rehearsal.RehearsalFinding.Passed;
import org.accountsecurity.engine.rehearsal.RehearsalMessage;
import org.accountsecurity.shop.DataSet;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.Task;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** Rehearses files in an application that was started for nothing else. */
public final class Rehearsals {

    private static final int TOLD_EVERY = 20;

    private final Stage stage;
    private final DeploymentGuard guard;

    private Rehearsals(Stage stage, DeploymentGuard guard) {
        this.stage = stage;
        this.guard = guard;
    }

    /**
     * Gives an application the clock of a rehearsal, and lets its engine note what it passes.
     *
     * @param dataSets names of those that get a stand-in, with an asterisk if they anonymise
     */
    public static ApplicationContextInitializer<ConfigurableApplicationContext> preparation(String... dataSets) {
        return context -> {
            GenericApplicationContext beans = (GenericApplicationContext) context;
            beans.registerBean(RehearsalClock.class, () -> new RehearsalClock(), bean -> bean.setPrimary(true));
            beans.registerBean(PassedElementsListener.class, () -> new PassedElementsListener());
            beans.registerBean(Domain.class);
            for (String dataSet : dataSets) {
                String name = dataSet.replace("*", "");
                beans.registerBean(
                        "standIn." + name, DataSet.class, () -> new StandInDataSet(name, dataSet.endsWith("*")));
            }
        };
    }

    /** In an application that was prepared so. */
    public static Rehearsals in(ConfigurableApplicationContext context) {
        return new Rehearsals(new Stage(context), context.getBean(DeploymentGuard.class));
    }

    /**
     * Checks the files, and walks them as they are and with other values in the tables.
     *
     * @param files all that belongs together
     * @param messages what is told meanwhile
     */
    public void rehearse(Map<String, byte[]> files, Consumer<RehearsalMessage> messages) {
        List<Finding> unsafe = guard.findings(files);
        if (!unsafe.isEmpty()) {
            unsafe.forEach(finding -> messages.accept(RehearsalMessage.refused(finding.toString())));
            return;
        }
        walk(files, messages);
    }

    /** Without asking the guard. */
    void walk(Map<String, byte[]> files, Consumer<RehearsalMessage> messages) {
        List<ProcessDefinition> definitions;
        try {
            definitions = deploy(files);
        } catch (ProcessEngineException e) {
            messages.accept(RehearsalMessage.refused(Refusal.reason(e)));
            return;
        }
        walk(files, definitions, messages);
    }

    private void walk(
            Map<String, byte[]> files, List<ProcessDefinition> definitions, Consumer<RehearsalMessage> messages) {
        int[] steps = {0};
        Runnable progress = () -> {
            if (++steps[0] % TOLD_EVERY == 0) {
                messages.accept(RehearsalMessage.tookSteps(steps[0]));
            }
        };
        Set<Passed> flows = flows(definitions);
        Map<Passed, Set<Passed>> before = before(definitions);
        String firstAccount = stage.accounts.next();
        Rehearsal asTheyAre = new Rehearsal(stage, "", startable(definitions), progress);
        asTheyAre.takeEachChoice();
        if (!asTheyAre.refuses()) {
            flows.removeAll(asTheyAre.passed());
            asTheyAre.reach(flows, before);
        }
        asTheyAre.findings().forEach(finding -> messages.accept(RehearsalMessage.found(finding)));
        if (!asTheyAre.refuses()) {
            stage.domain.neverFulfilled(firstAccount).stream()
                    .map(words -> warning("", "", "没有一种走法做到“" + words + "”，要等系统到期补做。"))
                    .forEach(messages);
            stage.domain.leftOpen(firstAccount).stream()
                    .map(process -> warning(process, "", "流程结束了，申请还开着，要等系统到期结束。请给流程加上 end 监听器。"))
                    .forEach(messages);
            flows.removeAll(asTheyAre.passed());
            Rehearsal otherwise = asTheyAre.otherwise("otherwise", startable(deploy(Settings.changed(files))));
            otherwise.takeEachChoice();
            flows.removeAll(otherwise.passed());
            otherwise.reach(flows, before);
            flows.removeAll(otherwise.passed());
            otherwise
                    .findings()
                    .forEach(finding -> messages.accept(RehearsalMessage.found(finding.asWarning(Settings.WORDS))));
            flows.stream()
                    .sorted(Comparator.comparing(Passed::toString))
                    .map(flow -> warning(flow.process(), flow.element(), "没有一种走法经过这条连线。"))
                    .forEach(messages);
        }
    }

    private RehearsalMessage warning(String process, String element, String text) {
        return RehearsalMessage.found(new RehearsalFinding(
                false, process, element, stage.nameIn(process, element) + text, List.of(), List.of()));
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

    private Stream<SequenceFlow> sequenceFlows(ProcessDefinition definition) {
        return stage
                .repository
                .getBpmnModelInstance(definition.getId())
                .getModelElementsByType(SequenceFlow.class)
                .stream();
    }

    private Set<Passed> flows(List<ProcessDefinition> definitions) {
        return definitions.stream()
                .flatMap(definition ->
                        sequenceFlows(definition).map(flow -> new Passed(definition.getKey(), flow.getId())))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** What may come directly before a flow or an element; what is thrown out of a scope is thrown further inside. */
    private Map<Passed, Set<Passed>> before(List<ProcessDefinition> definitions) {
        Map<Passed, Set<Passed>> before = new HashMap<>();
        for (ProcessDefinition definition : definitions) {
            String key = definition.getKey();
            sequenceFlows(definition).forEach(flow -> {
                FlowNode source = flow.getSource();
                Passed place = new Passed(key, source.getId());
                before.put(new Passed(key, flow.getId()), Set.of(place));
                before.computeIfAbsent(new Passed(key, flow.getTarget().getId()), any -> new LinkedHashSet<>())
                        .add(place);
                if (source instanceof BoundaryEvent event && event.getAttachedTo() instanceof Task task) {
                    before.put(place, Set.of(new Passed(key, task.getId())));
                }
            });
        }
        return before;
    }
}
