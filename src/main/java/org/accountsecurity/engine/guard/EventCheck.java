package org.accountsecurity.engine.guard;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.CatchEvent;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.Event;
import org.camunda.bpm.model.bpmn.instance.EventDefinition;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.TerminateEventDefinition;
import org.camunda.bpm.model.bpmn.instance.ThrowEvent;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.springframework.stereotype.Component;

/** An event is one thing only, and an event sub-process is something beside the way that time starts. */
@Component
class EventCheck implements Check {

    @Override
    public Stream<Finding> findings(Models models) {
        return Stream.of(
                        models.elements(Event.class).stream()
                                .filter(event -> definitions(event).size() > 1)
                                .map(event -> Finding.of(event, "既是一种事件，又是另一种。请只留一种。")),
                        models.elements(CatchEvent.class).stream()
                                .filter(event -> !(event instanceof StartEvent)
                                        && definitions(event).isEmpty())
                                .map(event -> Finding.of(event, "不是定时，也不是错误，永远不会发生。请改为定时事件或错误事件，或去掉。")),
                        models.elements(BoundaryEvent.class).stream()
                                .filter(boundary -> FlowGraph.catchesErrors(boundary) && !boundary.cancelActivity())
                                .map(boundary -> Finding.of(boundary, "捕获错误，总是中断的。请改为中断的边界事件。")),
                        models.elements(SubProcess.class).stream()
                                .filter(SubProcess::triggeredByEvent)
                                .flatMap(EventCheck::check),
                        models.graphs().stream().flatMap(EventCheck::outlasted).distinct())
                .flatMap(findings -> findings);
    }

    /** A scope is over only when all is that was begun beside the way in it, or when it is terminated. */
    private static Stream<Finding> outlasted(FlowGraph graph) {
        return graph.besides().stream().flatMap(start -> {
            Set<FlowNode> beside = graph.beside(start).stream()
                    .filter(place -> !place.node().equals(start.node()))
                    .map(Place::node)
                    .collect(Collectors.toSet());
            ModelElementInstance scope = scope(graph, start);
            boolean ends = !(scope instanceof SubProcess inner && inner.triggeredByEvent());
            return ends && beside.stream().anyMatch(FlowGraph::rests)
                    ? scope.getChildElementsByType(EndEvent.class).stream()
                            .filter(end ->
                                    definitions(end).isEmpty() && Ends.of(scope).isOnTheWay(end))
                            .map(end -> Finding.of(end, "不一定结束所在的流程：旁路" + start.label() + "可能还在等待。请改为终止结束事件。"))
                    : Stream.empty();
        });
    }

    /** What is over only when that which begins here is. */
    private static ModelElementInstance scope(FlowGraph graph, Place start) {
        ModelElementInstance around = start.node().getParentElement();
        return graph.isBeside(start) && start.node() instanceof StartEvent ? around.getParentElement() : around;
    }

    private static Stream<Finding> check(SubProcess beside) {
        Collection<StartEvent> starts = beside.getChildElementsByType(StartEvent.class);
        if (starts.size() != 1
                || !Flows.into(beside).isEmpty()
                || !Flows.from(beside).isEmpty()) {
            return Stream.of(Finding.of(beside, "是事件子流程，须有且只有一个开始事件，没有进出的连线。请照此修改。"));
        }
        return Stream.concat(
                starts.stream()
                        .filter(start -> start.isInterrupting()
                                || !definitions(start).stream().allMatch(TimerEventDefinition.class::isInstance)
                                || definitions(start).isEmpty())
                        .map(start -> Finding.of(start, "会中断主路，或不是定时开始。事件子流程只能在旁路上由时间开始：请改为非中断的定时开始事件。")),
                beside.getChildElementsByType(EndEvent.class).stream()
                        .filter(end -> definitions(end).stream().anyMatch(TerminateEventDefinition.class::isInstance))
                        .map(end -> Finding.of(end, "在事件子流程里终止，看上去却像结束整个流程。请改为普通的结束事件。")));
    }

    private static Collection<EventDefinition> definitions(Event event) {
        return event instanceof CatchEvent catching
                ? catching.getEventDefinitions()
                : ((ThrowEvent) event).getEventDefinitions();
    }
}
