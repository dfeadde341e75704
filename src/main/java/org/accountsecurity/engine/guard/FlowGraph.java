package org.accountsecurity.engine.guard;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.accountsecurity.contract.Raises;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.CatchEvent;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.ErrorEventDefinition;
import org.camunda.bpm.model.bpmn.instance.EventDefinition;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;

/** Every way that a process can take, through what it calls and through the errors that are caught. */
class FlowGraph {

    private static final int DEEPEST_CALL = 5;

    private final Models models;
    private final Beans beans;
    private final Process process;
    private final Map<Place, List<Step>> steps = new LinkedHashMap<>();
    private final Map<Place, List<Place>> around = new HashMap<>();
    private final Set<Place> starts = new LinkedHashSet<>();
    private final List<Uncaught> uncaught = new ArrayList<>();
    private final List<CallActivity> tooDeep = new ArrayList<>();

    /**
     * One step of a way.
     *
     * @param flow null where it is none: into a node's work, to what is attached to it, into what is called
     * @param raised the error of the delegate that takes this step, null if none does
     */
    record Step(Place from, Place to, SequenceFlow flow, String raised) {

        /** Whether it is taken because somebody has done a task. */
        boolean isAnswered() {
            return from.node() instanceof UserTask && to.done();
        }
    }

    /** An error that nobody catches, and where it is raised. */
    record Uncaught(FlowNode node, String code) {}

    /** What a scope is part of: the call, and the container in it. */
    private record Scope(String call, ModelElementInstance container, Scope outer) {}

    FlowGraph(Process process, Models models, Beans beans) {
        this.models = models;
        this.beans = beans;
        this.process = process;
        starts.addAll(enter(new Scope("", process, null)));
    }

    Process process() {
        return process;
    }

    Set<Place> places() {
        return steps.keySet();
    }

    Set<Place> starts() {
        return starts;
    }

    /** Whether it is one of the first steps of an event sub-process, beside the way. */
    boolean isBeside(Place start) {
        return start.node().getParentElement() instanceof SubProcess inner && inner.triggeredByEvent();
    }

    /** Where something begins beside the way: behind a boundary event that interrupts nothing, in an event sub-process. */
    List<Place> besides() {
        return places().stream()
                .filter(place -> !place.done())
                .filter(place -> startsBeside(place) || place.node() instanceof StartEvent && isBeside(place))
                .toList();
    }

    /** Whether time ends what is done at a place, at most that long after it was begun. */
    boolean isInterruptedWithin(Place place, Duration latest) {
        return from(place).stream()
                .anyMatch(step -> step.to().node() instanceof BoundaryEvent boundary
                        && boundary.cancelActivity()
                        && TimerCheck.isWithin(boundary, latest));
    }

    /** Where it begins, and not beside the way. */
    List<Place> startsOnTheWay() {
        return starts.stream().filter(start -> !isBeside(start)).toList();
    }

    /** Whether it is a boundary event that interrupts nothing. */
    static boolean startsBeside(Place place) {
        return place.node() instanceof BoundaryEvent boundary && !boundary.cancelActivity();
    }

    /** What can happen beside the way while that goes on. */
    Set<Place> beside(Place start) {
        return beside(start, step -> true);
    }

    /** What of that can be reached by steps that may be taken. */
    Set<Place> beside(Place start, Predicate<Step> taken) {
        List<Place> in = around(start);
        return reachable(
                Set.of(start),
                taken.and(step -> in.isEmpty() || around(step.to()).contains(in.get(0))));
    }

    /** The activities that a place is in, through the calls that lead to it; the innermost first. */
    List<Place> around(Place place) {
        return around.getOrDefault(place, List.of());
    }

    /** Whether another place is in what the one is directly in, or in a part of it. */
    boolean surrounds(Place one, Place other) {
        List<Place> in = around(
                one.node() instanceof StartEvent && isBeside(one) ? around(one).get(0) : one);
        return in.isEmpty() || around(other).contains(in.get(0));
    }

    /** Whether the process itself has come to an end event here. */
    boolean isOutermostEnd(Place place) {
        return place.done()
                && place.node() instanceof EndEvent
                && place.call().isEmpty()
                && place.node().getParentElement().equals(process);
    }

    /** Of places that are reached, those where the process itself ends: beside the way only a terminate end event ends it. */
    Stream<Place> ends(Set<Place> reached) {
        List<Place> besides = besides();
        Set<Place> onTheWay = reachable(startsOnTheWay(), step -> !besides.contains(step.to()));
        return reached.stream()
                .filter(this::isOutermostEnd)
                .filter(end -> onTheWay.contains(end) || Ends.terminates((EndEvent) end.node()));
    }

    List<Uncaught> uncaught() {
        return uncaught;
    }

    /** Calls that are not followed any further. */
    List<CallActivity> tooDeep() {
        return tooDeep;
    }

    List<Step> from(Place place) {
        return steps.getOrDefault(place, List.of());
    }

    /** What can be reached by steps that may be taken. */
    Set<Place> reachable(Collection<Place> from, Predicate<Step> taken) {
        Set<Place> found = new LinkedHashSet<>(from);
        Deque<Place> open = new ArrayDeque<>(from);
        while (!open.isEmpty()) {
            for (Step step : from(open.pop())) {
                if (taken.test(step) && found.add(step.to())) {
                    open.push(step.to());
                }
            }
        }
        return found;
    }

    private Set<Place> enter(Scope scope) {
        Set<Place> entries = new LinkedHashSet<>();
        scope.container().getChildElementsByType(FlowNode.class).forEach(node -> add(node, scope));
        for (StartEvent start : scope.container().getChildElementsByType(StartEvent.class)) {
            entries.add(new Place(scope.call(), start, false));
        }
        for (SubProcess inner : scope.container().getChildElementsByType(SubProcess.class)) {
            if (inner.triggeredByEvent()) {
                around.put(new Place(scope.call(), inner, false), around(scope));
                entries.addAll(enter(new Scope(scope.call(), inner, scope)));
            }
        }
        return entries;
    }

    private void add(FlowNode node, Scope scope) {
        if (node instanceof SubProcess inner && inner.triggeredByEvent()) {
            return;
        }
        Place entered = new Place(scope.call(), node, false);
        Place done = new Place(scope.call(), node, true);
        steps.computeIfAbsent(entered, place -> new ArrayList<>());
        steps.computeIfAbsent(done, place -> new ArrayList<>());
        List<Place> activities = around(scope);
        around.put(entered, activities);
        around.put(done, activities);
        if (node instanceof SubProcess) {
            enter(new Scope(scope.call(), node, scope)).forEach(start -> step(entered, start, null, null));
        } else if (node instanceof CallActivity call) {
            enterCall(call, entered, scope);
        } else if (!(node instanceof EndEvent end && errorOf(end).isPresent())) {
            step(entered, done, null, null);
        }
        for (SequenceFlow flow : Flows.from(node)) {
            if (flow.getTarget() != null) {
                step(done, new Place(scope.call(), flow.getTarget(), false), flow, null);
            }
        }
        Stream.concat(Stream.of(entered), activities.stream())
                .filter(activity -> rests(node))
                .forEach(activity -> attachedTo(activity.node()).stream()
                        .filter(boundary -> !catchesErrors(boundary))
                        .forEach(boundary -> step(entered, new Place(activity.call(), boundary, false), null, null)));
        beans.declared(node, Raises.class)
                .ifPresent(raised -> List.of(raised.value()).forEach(code -> raise(entered, code, node, scope, true)));
        beans.topicOf(node).ifPresent(topic -> topic.errors().forEach(code -> raise(entered, code, node, scope, true)));
        if (node instanceof EndEvent end) {
            errorOf(end).ifPresentOrElse(code -> raise(entered, code, null, scope, false), () -> leave(done, scope));
        }
    }

    /** Whether a token stays at it for a while, so that time may come first. */
    static boolean rests(FlowNode node) {
        return node instanceof UserTask
                || node instanceof CatchEvent && !(node instanceof StartEvent)
                || node instanceof CallActivity
                || node instanceof SubProcess
                || WorkerCheck.isExternal(node)
                || node.isCamundaAsyncBefore();
    }

    private static List<Place> around(Scope scope) {
        List<Place> activities = new ArrayList<>();
        for (Scope outer = scope; outer != null; outer = outer.outer()) {
            if (outer.container() instanceof Activity activity) {
                activities.add(new Place(outer.call(), activity, false));
            }
        }
        return activities;
    }

    private void enterCall(CallActivity call, Place entered, Scope scope) {
        String path = scope.call() + call.getId() + "/";
        Optional<Process> called = models.process(call.getCalledElement());
        if (path.chars().filter(character -> character == '/').count() > DEEPEST_CALL
                || called.filter(inner -> isIn(inner, scope)).isPresent()) {
            tooDeep.add(call);
            return;
        }
        called.ifPresent(inner -> enter(new Scope(path, inner, new Scope(scope.call(), call, scope)))
                .forEach(start -> step(entered, start, null, null)));
    }

    private static boolean isIn(Process process, Scope scope) {
        return scope != null && (process.equals(scope.container()) || isIn(process, scope.outer()));
    }

    /** A scope that ends lets its container go on; one that an event has started beside the way ends nothing. */
    private void leave(Place end, Scope scope) {
        if (!Ends.of(scope.container()).completes((EndEvent) end.node())) {
            return;
        }
        if (scope.container() instanceof SubProcess inner) {
            if (!inner.triggeredByEvent()) {
                step(end, new Place(scope.call(), inner, true), null, null);
            }
        } else if (scope.outer() != null && scope.outer().container() instanceof CallActivity call) {
            step(end, new Place(scope.outer().call(), call, true), null, null);
        }
    }

    /** Looks for who catches an error: on the activity itself, then on what contains it, then on who calls it. */
    private void raise(Place from, String code, FlowNode itself, Scope scope, boolean byDelegate) {
        String raised = byDelegate ? code : null;
        if (itself != null && caught(from, code, itself, scope.call(), raised)) {
            return;
        }
        for (Scope outer = scope; outer != null; outer = outer.outer()) {
            if (outer.container() instanceof Activity activity && caught(from, code, activity, outer.call(), raised)) {
                return;
            }
        }
        uncaught.add(new Uncaught(from.node(), code));
    }

    /** By each event that could catch it: which of several does is the engine's choice. */
    private boolean caught(Place from, String code, FlowNode activity, String call, String raised) {
        List<BoundaryEvent> catching = attachedTo(activity).stream()
                .filter(boundary -> errorsOf(boundary).stream().anyMatch(error -> catches(error, code)))
                .toList();
        catching.forEach(boundary -> step(from, new Place(call, boundary, false), null, raised));
        return !catching.isEmpty();
    }

    private static boolean catches(ErrorEventDefinition definition, String code) {
        return definition.getError() == null
                || code.equals(definition.getError().getErrorCode());
    }

    private static List<BoundaryEvent> attachedTo(FlowNode node) {
        return node.getParentElement().getChildElementsByType(BoundaryEvent.class).stream()
                .filter(boundary -> node.equals(boundary.getAttachedTo()))
                .toList();
    }

    static boolean catchesErrors(FlowNode node) {
        return node instanceof BoundaryEvent boundary && !errorsOf(boundary).isEmpty();
    }

    private static List<ErrorEventDefinition> errorsOf(BoundaryEvent boundary) {
        return boundary.getEventDefinitions().stream()
                .filter(ErrorEventDefinition.class::isInstance)
                .map(ErrorEventDefinition.class::cast)
                .toList();
    }

    private static Optional<String> errorOf(EndEvent end) {
        for (EventDefinition definition : end.getEventDefinitions()) {
            if (definition instanceof ErrorEventDefinition error) {
                return Optional.of(
                        error.getError() == null
                                ? ""
                                : Objects.requireNonNullElse(error.getError().getErrorCode(), ""));
            }
        }
        return Optional.empty();
    }

    private void step(Place from, Place to, SequenceFlow flow, String raised) {
        steps.computeIfAbsent(from, place -> new ArrayList<>()).add(new Step(from, to, flow, raised));
        steps.computeIfAbsent(to, place -> new ArrayList<>());
    }
}
