package org.accountsecurity.engine.guard;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.accountsecurity.contract.Raises;
import org.accountsecurity.contract.Variables;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.BusinessRuleTask;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.CatchEvent;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.IntermediateCatchEvent;
import org.camunda.bpm.model.bpmn.instance.MultiInstanceLoopCharacteristics;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaIn;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaInputOutput;
import org.springframework.stereotype.Component;

/**
 * Every variable is written on every way before it is read. What a form sends lives until the next wait; it is gone after
 * that.
 */
@Component
class VariableCheck implements Check {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{!?(\\w+)[^.(]*}");

    private final Beans beans;

    VariableCheck(Beans beans) {
        this.beans = beans;
    }

    /** A variable in one call, and whether it lives for one step only. */
    private record Known(String call, String name, boolean brief) {}

    @Override
    public Stream<Finding> findings(Models models) {
        return models.graphs().stream().flatMap(graph -> check(graph, models)).distinct();
    }

    private Stream<Finding> check(FlowGraph graph, Models models) {
        Map<Place, Set<Known>> known = new HashMap<>();
        Deque<Place> open = new ArrayDeque<>();
        graph.startsOnTheWay().forEach(start -> {
            known.put(start, new HashSet<>());
            open.add(start);
        });
        follow(graph, models, known, open);
        Set<Known> whileWaiting = whileWaiting(known);
        graph.starts().stream().filter(graph::isBeside).forEach(start -> {
            known.put(start, new HashSet<>(whileWaiting));
            open.add(start);
        });
        follow(graph, models, known, open);
        return unknown(known);
    }

    /** What is known wherever the process can be when an event starts something beside the way. */
    private static Set<Known> whileWaiting(Map<Place, Set<Known>> known) {
        Set<Known> common = null;
        for (Map.Entry<Place, Set<Known>> entry : known.entrySet()) {
            if (!entry.getKey().done() && waits(entry.getKey().node())) {
                Set<Known> lasting = new HashSet<>(entry.getValue());
                lasting.removeIf(Known::brief);
                if (common == null) {
                    common = lasting;
                } else {
                    common.retainAll(lasting);
                }
            }
        }
        return common == null ? Set.of() : common;
    }

    private void follow(FlowGraph graph, Models models, Map<Place, Set<Known>> known, Deque<Place> open) {
        while (!open.isEmpty()) {
            Place place = open.pop();
            for (FlowGraph.Step step : graph.from(place)) {
                Set<Known> after = after(step, known.get(place), models);
                Set<Known> before = known.get(step.to());
                if (before == null) {
                    known.put(step.to(), after);
                    open.push(step.to());
                } else if (before.retainAll(after)) {
                    open.push(step.to());
                }
            }
        }
    }

    private Stream<Finding> unknown(Map<Place, Set<Known>> known) {
        List<Finding> findings = new ArrayList<>();
        known.forEach((place, found) -> reads(place).forEach(name -> {
            if (!isKnown(name, place, found)) {
                findings.add(Finding.of(
                        place.node(), "用到的变量 " + name + " 在有的路径上没有值。请确认之前的任务或表单会给出它（表单字段的 key 要一致，且两者之间不能有等待）。"));
            }
        }));
        known.forEach((place, found) -> lost(place, found).forEach(findings::add));
        return findings.stream();
    }

    /** What a call would hand over of a form, if it were made in the same transaction. */
    private static Stream<Finding> lost(Place place, Set<Known> found) {
        return place.done()
                        || !(place.node() instanceof CallActivity)
                        || !place.node().isCamundaAsyncBefore()
                ? Stream.empty()
                : Models.extensions(place.node(), CamundaIn.class).stream()
                        .map(CamundaIn::getCamundaSource)
                        .filter(source -> found.contains(new Known(place.call(), source, true)))
                        .map(source ->
                                Finding.of(place.node(), "异步执行时，表单刚填的 " + source + " 已经没有了。请去掉 Asynchronous before。"));
    }

    /** A called process sees its own variables only. */
    private static boolean isKnown(String name, Place place, Set<Known> found) {
        return found.stream()
                .anyMatch(variable -> variable.call().equals(place.call())
                        && variable.name().equals(name)
                        && !(variable.brief() && !place.done() && place.node().isCamundaAsyncBefore()));
    }

    private Set<Known> after(FlowGraph.Step step, Set<Known> before, Models models) {
        Set<Known> after = new HashSet<>(before);
        FlowNode node = step.from().node();
        String call = step.from().call();
        if (!step.from().done() && waits(node)) {
            after.removeIf(Known::brief);
        }
        if (step.raised() != null) {
            beans.declared(node, Raises.class).ifPresent(raised -> add(after, call, List.of(raised.writes()), false));
        } else if (step.to().done() && step.to().node().equals(node)) {
            if (node instanceof BusinessRuleTask task && task.getCamundaResultVariable() != null) {
                add(after, call, List.of(task.getCamundaResultVariable()), false);
            }
            beans.declared(node, Variables.class)
                    .ifPresent(variables -> add(after, call, List.of(variables.writes()), false));
            models.formOf(node)
                    .ifPresent(shown -> add(after, call, shown.fields().keySet(), true));
        }
        if (node instanceof CallActivity activity && step.to().call().startsWith(call + activity.getId() + "/")) {
            enterCall(activity, call, step.to().call(), before, after);
        }
        if (node instanceof SubProcess inner && !step.from().done()) {
            inner.getChildElementsByType(MultiInstanceLoopCharacteristics.class).stream()
                    .map(MultiInstanceLoopCharacteristics::getCamundaElementVariable)
                    .filter(element -> element != null)
                    .forEach(element -> after.add(new Known(call, element, false)));
        }
        return after;
    }

    private static void enterCall(
            CallActivity activity, String outer, String inner, Set<Known> before, Set<Known> after) {
        for (CamundaIn in : Models.extensions(activity, CamundaIn.class)) {
            if (in.getCamundaTarget() == null) {
                continue;
            }
            if (in.getCamundaSourceExpression() != null) {
                after.add(new Known(inner, in.getCamundaTarget(), false));
            } else {
                before.stream()
                        .filter(known ->
                                known.call().equals(outer) && known.name().equals(in.getCamundaSource()))
                        .forEach(known -> after.add(new Known(inner, in.getCamundaTarget(), known.brief())));
            }
        }
    }

    private static void add(Set<Known> known, String call, Iterable<String> names, boolean brief) {
        names.forEach(name -> known.add(new Known(call, name, brief)));
    }

    /** What ends the transaction in which a form was submitted. */
    private static boolean waits(FlowNode node) {
        return node instanceof UserTask || node instanceof IntermediateCatchEvent || node.isCamundaAsyncBefore();
    }

    private Set<String> reads(Place place) {
        Set<String> reads = new LinkedHashSet<>();
        FlowNode node = place.node();
        if (place.done()) {
            Flows.from(node)
                    .forEach(flow ->
                            Conditions.of(flow).flatMap(Conditions::variable).ifPresent(reads::add));
            return reads;
        }
        beans.declared(node, Variables.class).ifPresent(variables -> reads.addAll(List.of(variables.reads())));
        for (CamundaInputOutput io : Models.extensions(node, CamundaInputOutput.class)) {
            io.getCamundaInputParameters().forEach(input -> {
                reads.remove(input.getCamundaName());
                variable(input.getTextContent()).ifPresent(reads::add);
            });
        }
        if (node instanceof UserTask task) {
            variable(task.getCamundaAssignee()).ifPresent(reads::add);
        }
        if (node instanceof CatchEvent event && !(node instanceof BoundaryEvent)) {
            reads.addAll(timers(event));
        }
        if (node instanceof Activity) {
            node.getParentElement().getChildElementsByType(BoundaryEvent.class).stream()
                    .filter(boundary -> node.equals(boundary.getAttachedTo()))
                    .forEach(boundary -> reads.addAll(timers(boundary)));
        }
        return reads;
    }

    private static Set<String> timers(CatchEvent event) {
        Set<String> reads = new LinkedHashSet<>();
        event.getEventDefinitions().stream()
                .filter(TimerEventDefinition.class::isInstance)
                .map(TimerEventDefinition.class::cast)
                .flatMap(timer -> Stream.of(timer.getTimeDate(), timer.getTimeDuration(), timer.getTimeCycle()))
                .filter(time -> time != null)
                .forEach(time -> variable(time.getTextContent().strip()).ifPresent(reads::add));
        return reads;
    }

    private static Optional<String> variable(String text) {
        Matcher matcher = VARIABLE.matcher(text == null ? "" : text.strip());
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
