package org.accountsecurity.engine.guard;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.accountsecurity.engine.worker.WorkerTopic;
import org.accountsecurity.engine.worker.WorkerTopics;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.ErrorEventDefinition;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.springframework.stereotype.Component;

/** An external task names a topic that is declared, goes on without its worker, and catches the errors of the topic. */
@Component
class WorkerCheck implements Check {

    private static final String EXTERNAL = "external";

    private final WorkerTopics topics;

    WorkerCheck(WorkerTopics topics) {
        this.topics = topics;
    }

    static boolean isExternal(FlowNode node) {
        return node instanceof ServiceTask task && EXTERNAL.equals(task.getCamundaType());
    }

    /** The topic of an external task; empty if it is none, or its topic is not declared. */
    static Optional<WorkerTopic> topicOf(FlowNode node, WorkerTopics topics) {
        return isExternal(node) ? topics.find(((ServiceTask) node).getCamundaTopic()) : Optional.empty();
    }

    @Override
    public boolean comesFirst() {
        return true;
    }

    @Override
    public Stream<Finding> findings(Models models) {
        return models.elements(ServiceTask.class).stream()
                .filter(task -> task.getCamundaType() != null || task.getCamundaTopic() != null)
                .flatMap(this::check);
    }

    private Stream<Finding> check(ServiceTask task) {
        Optional<WorkerTopic> topic = topicOf(task, topics);
        if (task.getCamundaDelegateExpression() != null || topic.isEmpty()) {
            return Stream.of(Finding.of(
                    task,
                    "不是可用的外部任务。请把 Implementation 选成 External，并把 Topic 填成已登记的主题：" + topics.names() + "。没有的主题请系统管理员登记。"));
        }
        Stream<Finding> timeout = timesOut(task)
                ? Stream.empty()
                : Stream.of(Finding.of(task, "没有人办理时会一直等下去。请在它上面加一个中断的定时边界事件，并画出到期之后的路径。"));
        return Stream.concat(
                timeout,
                topic.get().errors().stream()
                        .filter(code -> !catches(task, code))
                        .map(code -> Finding.of(task, "的错误“" + code + "”没有人处理。请在它上面加一个错误边界事件，错误代码为 " + code + "。")));
    }

    private static boolean timesOut(ServiceTask task) {
        return attachedTo(task).stream()
                .anyMatch(boundary -> boundary.cancelActivity()
                        && TimerCheck.isTimer(boundary)
                        && !Flows.from(boundary).isEmpty());
    }

    private static boolean catches(ServiceTask task, String code) {
        return attachedTo(task).stream()
                .flatMap(boundary -> boundary.getEventDefinitions().stream())
                .filter(ErrorEventDefinition.class::isInstance)
                .map(definition -> ((ErrorEventDefinition) definition).getError())
                .anyMatch(error -> error == null || code.equals(error.getErrorCode()));
    }

    private static List<BoundaryEvent> attachedTo(ServiceTask task) {
        return task.getParentElement().getChildElementsByType(BoundaryEvent.class).stream()
                .filter(boundary -> task.equals(boundary.getAttachedTo()))
                .toList();
    }
}
