package org.accountsecurity.rehearsal;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.accountsecurity.concurrency.DueWork;
import org.accountsecurity.contest.Contests;
import org.accountsecurity.engine.rehearsal.RehearsalFinding.Passed;
import org.accountsecurity.engine.worker.WorkerTopic;
import org.accountsecurity.engine.worker.WorkerTopics;
import org.accountsecurity.text.Sentence;
import org.camunda.bpm.engine.ExternalTaskService;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.ErrorEventDefinition;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.Task;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The engine services, clock and work queues of the application in which walks take place. */
final class Stage {

    private static final int MOST_WORK = 200;

    final FormService forms;
    final TaskService tasks;
    final ManagementService management;
    final ExternalTaskService externalTasks;
    final Contests contests;
    final JdbcClient jdbc;
    final RehearsalClock clock;
    final RehearsalListener heard;
    final RehearsalAccounts accounts;

    private final RepositoryService repository;
    private final IdentityService identity;
    private final WorkerTopics topics;
    private final List<DueWork> work;
    private final Map<Passed, String> names = new HashMap<>();
    private final List<Flow> flows = new ArrayList<>();

    Stage(ApplicationContext context) {
        ProcessEngine engine = context.getBean(ProcessEngine.class);
        this.forms = engine.getFormService();
        this.tasks = engine.getTaskService();
        this.management = engine.getManagementService();
        this.externalTasks = engine.getExternalTaskService();
        this.repository = engine.getRepositoryService();
        this.identity = engine.getIdentityService();
        this.contests = context.getBean(Contests.class);
        this.jdbc = context.getBean(JdbcClient.class);
        this.clock = context.getBean(RehearsalClock.class);
        this.heard = context.getBean(RehearsalListener.class);
        this.accounts = new RehearsalAccounts(jdbc, clock);
        this.topics = context.getBean(WorkerTopics.class);
        this.work = context.getBeanProvider(DueWork.class).orderedStream().toList();
    }

    /**
     * A process that can be started.
     *
     * @param byTimer whether a timer starts it
     * @param when the key of the sentence around its findings; empty if there is none
     */
    record Start(ProcessDefinition process, boolean byTimer, String when) {}

    /** A sequence flow with its source and target; an error of a task counts from the task. */
    record Flow(Passed passed, Passed from, Passed to) {}

    /**
     * Deploys files.
     *
     * @return the processes that can be started
     */
    List<Start> deploy(Map<String, byte[]> files, String when) {
        DeploymentBuilder deployment = repository.createDeployment();
        files.forEach((name, content) -> deployment.addInputStream(name, new ByteArrayInputStream(content)));
        List<ProcessDefinition> deployed = deployment.deployWithResult().getDeployedProcessDefinitions();
        names.clear();
        flows.clear();
        return Stream.ofNullable(deployed)
                .flatMap(List::stream)
                .map(parsed -> repository.getProcessDefinition(parsed.getId()))
                .sorted(Comparator.comparing(ProcessDefinition::getKey))
                .peek(this::read)
                .map(process -> new Start(process, !hasStartForm(process), when))
                .filter(start -> !start.byTimer() || !startTimers(start).isEmpty())
                .toList();
    }

    private void read(ProcessDefinition process) {
        BpmnModelInstance model = repository.getBpmnModelInstance(process.getId());
        model.getModelElementsByType(FlowElement.class)
                .forEach(element -> names.put(passed(process, element), element.getName()));
        model.getModelElementsByType(SequenceFlow.class).forEach(flow -> {
            FlowNode source = flow.getSource();
            throwers(flow.getSource())
                    .forEach(from -> flows.add(
                            new Flow(passed(process, flow), passed(process, from), passed(process, flow.getTarget()))));
        });
    }

    /** The elements after which the flows of a node are taken: an error event is thrown by a task or one within it. */
    private static List<? extends FlowNode> throwers(FlowNode node) {
        if (node instanceof BoundaryEvent event && event.getAttachedTo() instanceof Task task) {
            return List.of(task);
        }
        return node instanceof BoundaryEvent event
                        && event.getAttachedTo() instanceof SubProcess scope
                        && event.getEventDefinitions().stream().anyMatch(ErrorEventDefinition.class::isInstance)
                ? Stream.concat(Stream.of(node), scope.getChildElementsByType(ServiceTask.class).stream())
                        .toList()
                : List.of(node);
    }

    private static Passed passed(ProcessDefinition process, FlowElement element) {
        return new Passed(process.getKey(), element.getId());
    }

    private boolean hasStartForm(ProcessDefinition process) {
        return process.isStartableInTasklist()
                && forms.getStartFormData(process.getId()).getCamundaFormRef() != null;
    }

    List<Job> startTimers(Start start) {
        return management
                .createJobQuery()
                .processDefinitionId(start.process().getId())
                .timers()
                .list();
    }

    /** The flows of the last deployment. */
    List<Flow> flows() {
        return List.copyOf(flows);
    }

    /** The name of an element, in quotation marks. */
    Optional<String> name(Passed element) {
        return Optional.ofNullable(names.get(element))
                .filter(name -> !name.isBlank())
                .map(name -> "“" + name + "”");
    }

    /** What is said about an element, after its name. */
    Sentence named(Passed element, Sentence text) {
        return name(element)
                .map(name -> Sentence.of("rehearsal.named", "name", name, "text", text))
                .orElse(text);
    }

    <T> T as(String user, String group, Supplier<T> action) {
        identity.setAuthentication(user, List.of(group));
        try {
            return action.get();
        } finally {
            identity.clearAuthentication();
        }
    }

    /** The topic of an external task. */
    WorkerTopic topic(String externalTaskId) {
        return topics.find(externalTasks
                        .createExternalTaskQuery()
                        .externalTaskId(externalTaskId)
                        .singleResult()
                        .getTopicName())
                .orElseThrow();
    }

    /** Does the due work of nodes outside of the engine. */
    void doWork() {
        work.forEach(queue -> {
            int done = 0;
            while (done < MOST_WORK && queue.doNext()) {
                done++;
            }
        });
    }

    /** The instances without a caller. */
    List<String> roots() {
        return jdbc.sql("select ID_ from ACT_RU_EXECUTION where PARENT_ID_ is null and SUPER_EXEC_ is null")
                .query(String.class)
                .list();
    }
}
