package org.accountsecurity.rehearsal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.accountsecurity.contest.Contests;
import org.accountsecurity.engine.worker.WorkerTopic;
import org.accountsecurity.engine.worker.WorkerTopics;
import org.accountsecurity.work.DueWork;
import org.camunda.bpm.engine.ExternalTaskService;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The application in which walks take place, seen from outside: its engine's services, its clock and its queues. */
final class Stage {

    private static final int MOST_WORK = 200;

    final FormService forms;
    final TaskService tasks;
    final ManagementService management;
    final ExternalTaskService externalTasks;
    final RepositoryService repository;
    final Contests contests;
    final JdbcClient jdbc;
    final RehearsalClock clock;
    final PassedElementsListener passed;
    final MadeAccounts accounts;
    final Domain domain;

    private final IdentityService identity;
    private final WorkerTopics topics;
    private final List<DueWork> work;
    private final Map<String, Map<String, String>> names = new HashMap<>();

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
        this.passed = context.getBean(PassedElementsListener.class);
        this.accounts = new MadeAccounts(jdbc, clock);
        this.domain = context.getBean(Domain.class);
        this.topics = context.getBean(WorkerTopics.class);
        this.work = context.getBeanProvider(DueWork.class).orderedStream().toList();
    }

    <T> T as(String user, String group, Supplier<T> action) {
        identity.setAuthentication(user, List.of(group));
        try {
            return action.get();
        } finally {
            identity.clearAuthentication();
        }
    }

    /** What the one who does this external task may say. */
    WorkerTopic topic(String externalTaskId) {
        String topic = externalTasks
                .createExternalTaskQuery()
                .externalTaskId(externalTaskId)
                .singleResult()
                .getTopicName();
        return topics.find(topic).orElseThrow();
    }

    /** Whether people start it. */
    boolean hasStartForm(ProcessDefinition process) {
        return process.isStartableInTasklist()
                && forms.getStartFormData(process.getId()).getCamundaFormRef() != null;
    }

    /** Whether time starts it. */
    boolean hasStartTimer(ProcessDefinition process) {
        return management
                        .createJobQuery()
                        .processDefinitionId(process.getId())
                        .timers()
                        .count()
                > 0;
    }

    /** What nodes do beside the engine. */
    void doWork() {
        work.forEach(queue -> {
            int done = 0;
            while (done < MOST_WORK && queue.doNext()) {
                done++;
            }
        });
    }

    /** What the diagram calls an element; its id where it says nothing. */
    String name(String definitionId, String element) {
        String name = names.computeIfAbsent(definitionId, this::names).get(element);
        return "“" + (name == null || name.isBlank() ? element : name) + "”";
    }

    private Map<String, String> names(String definitionId) {
        BpmnModelInstance model = repository.getBpmnModelInstance(definitionId);
        Map<String, String> byId = new HashMap<>();
        model.getModelElementsByType(FlowElement.class)
                .forEach(element -> byId.put(element.getId(), element.getName()));
        return byId;
    }

    /** What the newest diagram of a process calls an element; empty where it says nothing. */
    String nameIn(String process, String element) {
        ProcessDefinition newest = repository
                .createProcessDefinitionQuery()
                .processDefinitionKey(process)
                .latestVersion()
                .singleResult();
        String name = newest == null ? "" : name(newest.getId(), element);
        return name.contains(element) ? "" : name;
    }

    /** The instances that nothing has called. */
    List<String> roots() {
        return jdbc.sql("select ID_ from ACT_RU_EXECUTION where PARENT_ID_ is null and SUPER_EXEC_ is null")
                .query(String.class)
                .list();
    }

    static byte[] bytes(InputStream stream) {
        try (stream) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
