package org.accountsecurity.engine.guard;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.accountsecurity.contract.Closes;
import org.accountsecurity.contract.OwnTransaction;
import org.accountsecurity.contract.Recurs;
import org.accountsecurity.contract.RefersTo;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.CatchEvent;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaExecutionListener;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.springframework.stereotype.Component;

/** A delegate finds around it what it declares: a transaction of its own, elements, the listener that closes its work. */
@Component
class DelegateCheck implements Check {

    private static final Duration DAY = Duration.ofDays(1);

    private final Beans beans;

    DelegateCheck(Beans beans) {
        this.beans = beans;
    }

    @Override
    public Stream<Finding> findings(Models models) {
        List<Finding> findings = new ArrayList<>();
        models.elements(FlowNode.class).forEach(node -> check(node, findings));
        models.processes().forEach(process -> listeners(process, models, findings));
        models.graphs().forEach(graph -> {
            tooEarly(graph, findings);
            recurring(graph, findings);
        });
        return findings.stream();
    }

    private void check(FlowNode node, List<Finding> findings) {
        if (beans.declared(node, OwnTransaction.class).isPresent() && !node.isCamundaAsyncBefore()) {
            findings.add(Finding.of(node, "没有自己的事务：它失败会连累前一步，前一步失败也收不回它。请勾选 Asynchronous before。"));
        }
        beans.declared(node, RefersTo.class)
                .ifPresent(refers -> Stream.of(refers.value())
                        .filter(id -> !(node.getModelInstance().getModelElementById(id) instanceof FlowNode found
                                && Objects.equals(Models.processOf(found), Models.processOf(node))))
                        .forEach(id -> findings.add(Finding.of(node, "要用到的 " + id + " 不在流程里。请把它的 id 改回 " + id + "。"))));
    }

    private void recurring(FlowGraph graph, List<Finding> findings) {
        beans.declared(Recurs.class).forEach((bean, recurs) -> {
            if (recurs.process().equals(graph.process().getId()) && !recurs(graph, bean)) {
                findings.add(Finding.of(
                        graph.process(), "不再定期经过 " + bean + "。请用定期重复的定时开始事件（R/PT10M 到 R/P1D）直接通向它，中间没有等待、任务或网关。"));
            }
        });
    }

    private static boolean recurs(FlowGraph graph, String bean) {
        return graph.startsOnTheWay().stream()
                .allMatch(start -> TimerCheck.recursWithin((CatchEvent) start.node(), DAY)
                        && graph.reachable(Set.of(start), step -> !step.to().isDoneBy(bean)).stream()
                                .noneMatch(place -> !place.equals(start)
                                        && (place.node() instanceof UserTask
                                                || place.node() instanceof EndEvent
                                                || place.node() instanceof ExclusiveGateway
                                                || place.node() instanceof CatchEvent
                                                        && !place.node().equals(start.node()))));
    }

    private void listeners(Process process, Models models, List<Finding> findings) {
        Set<String> required = required(process, models);
        Set<String> missing = new TreeSet<>(required);
        for (CamundaExecutionListener listener : models.elements(CamundaExecutionListener.class)) {
            ModelElementInstance owner = listener.getParentElement().getParentElement();
            if (!process.equals(Models.processOf(owner))) {
                continue;
            }
            String bean = Beans.named(listener.getCamundaDelegateExpression()).orElse("");
            boolean inPlace = owner.equals(process) && "end".equals(listener.getCamundaEvent());
            if (!inPlace || !required.contains(bean)) {
                findings.add(Finding.of((BaseElement) owner, "的监听器 " + bean + " 不该在这里。请去掉；系统要求的监听器只在流程上，事件为 end。"));
            } else if (!missing.remove(bean)) {
                findings.add(Finding.of(process, "的监听器 " + bean + " 有两个。请只留一个。"));
            }
        }
        missing.forEach(bean -> findings.add(Finding.of(
                process,
                "没有监听器 " + bean + "，申请结束后仍算进行中，持有人不能再申请。请在流程上加一个 Execution listener：事件为 end，Delegate expression 为 ${"
                        + bean + "}。")));
    }

    /** What time alone ends must not be ended sooner than is declared. */
    private void tooEarly(FlowGraph graph, List<Finding> findings) {
        beans.declared(Closes.class).values().stream()
                .filter(closes -> closes.process().equals(graph.process().getId()))
                .map(closes -> Duration.parse(closes.notBefore()))
                .filter(earliest -> endsBefore(graph, earliest))
                .forEach(earliest -> findings.add(Finding.of(
                        graph.process(),
                        "没有人办理时，不到 " + earliest.toDays() + " 天就会结束。请把到期的时间改为至少 P" + earliest.toDays() + "D。")));
    }

    private static boolean endsBefore(FlowGraph graph, Duration earliest) {
        Map<Place, Duration> soonest = new HashMap<>();
        Deque<Place> open = new ArrayDeque<>(graph.starts());
        graph.starts().forEach(start -> soonest.put(start, Duration.ZERO));
        while (!open.isEmpty()) {
            Place place = open.pop();
            for (FlowGraph.Step step : graph.from(place)) {
                Duration time = soonest.get(place).plus(waits(step.to()));
                boolean sooner = !step.isAnswered() && time.compareTo(soonest.getOrDefault(step.to(), earliest)) < 0;
                if (sooner) {
                    soonest.put(step.to(), time);
                    open.push(step.to());
                }
            }
        }
        return graph.ends(soonest.keySet()).findAny().isPresent();
    }

    /** How long it takes to get there; a date or a repetition may be due at once. */
    private static Duration waits(Place place) {
        return !place.done() && place.node() instanceof CatchEvent event ? TimerCheck.duration(event) : Duration.ZERO;
    }

    private Set<String> required(Process process, Models models) {
        Set<String> required = new TreeSet<>();
        for (Map.Entry<String, Closes> listener : beans.declared(Closes.class).entrySet()) {
            boolean opens = models.elements(FlowNode.class).stream()
                    .filter(node -> process.equals(Models.processOf(node)))
                    .map(Beans::delegateOf)
                    .flatMap(Optional::stream)
                    .anyMatch(listener.getValue().delegate()::equals);
            if (opens || process.getId().equals(listener.getValue().process())) {
                required.add(listener.getKey());
            }
        }
        return required;
    }
}
