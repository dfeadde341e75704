package org.accountsecurity.engine.status;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.accountsecurity.contest.Contests;
import org.accountsecurity.request.FormValues;
import org.accountsecurity.request.HolderRequests;
import org.accountsecurity.text.Messages;
import org.accountsecurity.text.ModelTexts;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.engine.runtime.ActivityInstance;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.Documentation;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.springframework.stereotype.Component;

/** Reads the state of the requests of one holder. */
@Component
class OwnRequests {

    private static final Duration NEWS = Duration.ofMinutes(10);

    /** Keys of the outcomes that no end event names; the meaning has the same key with {@code -meaning}. */
    private static final Map<String, String> OUTSIDE_OF_DIAGRAMS =
            Map.of(HolderRequests.WITHDRAWN, "status.withdrawn", HolderRequests.LAPSED, "status.lapsed");

    private final HolderRequests requests;
    private final RuntimeService runtime;
    private final TaskService tasks;
    private final RepositoryService repository;
    private final ProcessKeys processes;
    private final TaskDeadline deadlines;
    private final List<FormValues> values;
    private final Contests contests;
    private final Clock clock;

    OwnRequests(
            HolderRequests requests,
            RuntimeService runtime,
            TaskService tasks,
            RepositoryService repository,
            ProcessKeys processes,
            TaskDeadline deadlines,
            List<FormValues> values,
            Contests contests,
            Clock clock) {
        this.requests = requests;
        this.runtime = runtime;
        this.tasks = tasks;
        this.repository = repository;
        this.processes = processes;
        this.deadlines = deadlines;
        this.values = values;
        this.contests = contests;
        this.clock = clock;
    }

    RequestStatus of(String holder, String token) {
        return new RequestStatus(
                clock.instant().atZone(clock.getZone()).toOffsetDateTime(),
                requests.openRequests(holder).stream()
                        .flatMap(request -> open(request, holder))
                        .toList(),
                ended(holder),
                repository.createProcessDefinitionQuery().latestVersion().startableInTasklist().list().stream()
                        .map(definition -> new RequestStatus.Offer(
                                definition.getKey(),
                                ModelTexts.process(definition.getKey(), definition.getName()),
                                steps(definition.getId(), Set.of()).names()))
                        .toList(),
                contests.restriction(holder).orElse(null),
                token);
    }

    /** A request without a process instance can still be withdrawn; one that ends meanwhile is left out. */
    private Stream<RequestStatus.OpenRequest> open(String request, String holder) {
        ActivityInstance tree = runtime.getActivityInstance(requests.instanceOf(request));
        if (tree == null && !requests.open(request)) {
            return Stream.empty();
        }
        Set<String> active = new HashSet<>();
        if (tree != null) {
            collect(tree, active);
        }
        Optional<ProcessDefinition> newest = newest(requests.processOf(request));
        Steps steps = Optional.ofNullable(tree)
                .map(ActivityInstance::getProcessDefinitionId)
                .or(() -> newest.map(ProcessDefinition::getId))
                .map(definition -> steps(definition, active))
                .orElseGet(Steps::new);
        List<String> names = steps.names();
        int present = steps.present();
        Task task = tasks
                .createTaskQuery()
                .processInstanceBusinessKey(request)
                .taskAssignee(holder)
                .orderByTaskCreateTime()
                .desc()
                .list()
                .stream()
                .findFirst()
                .orElse(null);
        return Stream.of(new RequestStatus.OpenRequest(
                request,
                nameOf(newest),
                !requests.committed(request),
                names,
                present,
                steps.takes().orElse(null),
                present == 0 ? null : names.get(present - 1),
                task == null
                        ? null
                        : new RequestStatus.OpenTask(
                                task.getId(),
                                ModelTexts.element(
                                        processes.of(task.getProcessDefinitionId()),
                                        task.getTaskDefinitionKey(),
                                        task.getName()),
                                until(task),
                                property(task, "action")
                                        .map(action -> ModelTexts.property(
                                                processes.of(task.getProcessDefinitionId()),
                                                task.getTaskDefinitionKey(),
                                                "action",
                                                action))
                                        .orElse(null),
                                news(task, request))));
    }

    /** The latest version; empty if all deployments of it were deleted. */
    private Optional<ProcessDefinition> newest(String key) {
        return Optional.ofNullable(repository
                .createProcessDefinitionQuery()
                .processDefinitionKey(key)
                .latestVersion()
                .singleResult());
    }

    private static String nameOf(Optional<ProcessDefinition> process) {
        return process.map(found -> ModelTexts.process(found.getKey(), found.getName()))
                .orElseGet(() -> Messages.text("status.your-request"));
    }

    private Steps steps(String definition, Set<String> active) {
        return new Steps(processes.of(definition), repository.getBpmnModelInstance(definition), active);
    }

    private static void collect(ActivityInstance instance, Set<String> active) {
        active.add(instance.getActivityId());
        Stream.of(instance.getChildActivityInstances()).forEach(child -> collect(child, active));
        Stream.of(instance.getChildTransitionInstances()).forEach(child -> active.add(child.getActivityId()));
    }

    private Optional<String> property(Task task, String name) {
        Activity activity = repository
                .getBpmnModelInstance(task.getProcessDefinitionId())
                .getModelElementById(task.getTaskDefinitionKey());
        return Steps.property(activity, name);
    }

    /** The computed value named by the extension property {@code news}. */
    private String news(Task task, String request) {
        return property(task, "news")
                .flatMap(name -> values.stream()
                        .filter(made -> made.names().contains(name))
                        .findFirst()
                        .map(made -> (String) made.of(request).get(name)))
                .orElse(null);
    }

    private OffsetDateTime until(Task task) {
        return deadlines
                .of(task)
                .map(due -> due.atZone(clock.getZone()).toOffsetDateTime())
                .orElse(null);
    }

    private RequestStatus.EndedRequest ended(String holder) {
        return requests.lastEnded(holder, clock.instant().minus(NEWS))
                .flatMap(this::ended)
                .orElse(null);
    }

    /** Empty if neither the diagram nor the holder nor a deadline ended it; the page shows that reason by itself. */
    private Optional<RequestStatus.EndedRequest> ended(HolderRequests.Ended request) {
        Optional<ProcessDefinition> newest = newest(request.processKey());
        String process = nameOf(newest);
        String key = OUTSIDE_OF_DIAGRAMS.get(request.outcome());
        if (key != null) {
            return Optional.of(
                    new RequestStatus.EndedRequest(process, Messages.text(key), Messages.text(key + "-meaning")));
        }
        return Stream.concat(
                        repository
                                .createProcessDefinitionQuery()
                                .processDefinitionId(request.processDefinitionId())
                                .list()
                                .stream(),
                        newest.stream())
                .map(definition -> repository
                        .getBpmnModelInstance(definition.getId())
                        .<FlowElement>getModelElementById(request.outcome()))
                .filter(EndEvent.class::isInstance)
                .map(EndEvent.class::cast)
                .findFirst()
                .map(end -> new RequestStatus.EndedRequest(
                        process,
                        ModelTexts.element(request.processKey(), end.getId(), end.getName()),
                        end.getDocumentations().stream()
                                .map(Documentation::getTextContent)
                                .map(meaning ->
                                        ModelTexts.property(request.processKey(), end.getId(), "meaning", meaning))
                                .findFirst()
                                .orElse(null)));
    }
}
