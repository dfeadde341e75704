package org.accountsecurity.engine.guard;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.accountsecurity.contract.PointOfNoReturn;
import org.accountsecurity.contract.Raises;
import org.accountsecurity.contract.Repeats;
import org.accountsecurity.contract.Variables;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Gateway;
import org.camunda.bpm.model.bpmn.instance.IntermediateCatchEvent;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.springframework.stereotype.Component;

/** Time alone brings every request to its end, whatever nobody answers, and nothing goes in circles for nothing. */
@Component
class ProgressCheck implements Check {

    private final Beans beans;

    ProgressCheck(Beans beans) {
        this.beans = beans;
    }

    @Override
    public Stream<Finding> findings(Models models) {
        return models.graphs().stream()
                .flatMap(graph -> Stream.of(
                                circles(graph),
                                idling(graph, models),
                                repeated(graph),
                                models.callsOf(graph.process()).isEmpty() ? endless(graph) : Stream.<Finding>empty())
                        .flatMap(findings -> findings))
                .distinct();
    }

    private static Stream<Finding> circles(FlowGraph graph) {
        Predicate<FlowGraph.Step> immediate = step -> !waits(step.to());
        return graph.places().stream()
                .filter(place -> !place.done() && place.node() instanceof Activity && !waits(place))
                .filter(place -> returns(graph, place, immediate))
                .map(place -> Finding.of(place.node(), "会不停地重复，中间没有任何等待。请让返回的路径先经过持有人的任务或定时事件。"));
    }

    private static boolean returns(FlowGraph graph, Place place, Predicate<FlowGraph.Step> taken) {
        return graph.from(place).stream()
                .filter(taken)
                .anyMatch(step -> graph.reachable(Set.of(step.to()), taken).contains(place));
    }

    /** A job is a step of its own, such as the next portion of an erasure. */
    private static boolean waits(Place place) {
        return place.node() instanceof UserTask
                || place.node() instanceof IntermediateCatchEvent
                || place.node().isCamundaAsyncBefore()
                || place.node() instanceof BoundaryEvent boundary && !FlowGraph.catchesErrors(boundary);
    }

    /**
     * A question that is asked again has another answer only if what it asks for was written meanwhile. Before the point of
     * no return somebody may also be asked, who can leave.
     */
    private Stream<Finding> idling(FlowGraph graph, Models models) {
        List<Place> points = graph.places().stream()
                .filter(place -> place.done()
                        && beans.declared(place.node(), PointOfNoReturn.class).isPresent())
                .toList();
        Set<Place> afterwards = graph.reachable(points, step -> true);
        return graph.places().stream()
                .filter(place -> !place.done() && place.node() instanceof Gateway)
                .filter(place -> {
                    Set<String> asked = asked(place);
                    return returns(
                            graph,
                            place,
                            step -> !writes(step, place.call(), asked, models)
                                    && (afterwards.contains(place)
                                            || !(step.to().node() instanceof UserTask)));
                })
                .map(place -> Finding.of(place.node(), "会再次回到这里，而问的内容没有变，结果也不会变。请让返回的路径经过会改变它的任务，或去掉这条路径。"));
    }

    private static Set<String> asked(Place gateway) {
        return Flows.from(gateway.node()).stream()
                .flatMap(flow -> Conditions.of(flow).flatMap(Conditions::variable).stream())
                .collect(Collectors.toSet());
    }

    /** Where nothing is asked, anything that is done will do. */
    private boolean writes(FlowGraph.Step step, String call, Set<String> asked, Models models) {
        FlowNode node = step.from().node();
        if (asked.isEmpty()) {
            return node instanceof Activity;
        }
        Set<String> written = new HashSet<>();
        if (step.raised() != null) {
            beans.declared(node, Raises.class).ifPresent(raises -> written.addAll(List.of(raises.writes())));
        } else if (step.to().done() && step.to().node().equals(node)) {
            beans.declared(node, Variables.class).ifPresent(variables -> written.addAll(List.of(variables.writes())));
            models.formOf(node).ifPresent(form -> written.addAll(form.fields().keySet()));
        }
        return step.from().call().equals(call) && written.stream().anyMatch(asked::contains);
    }

    /** What is done in parts goes on until all is done, and ends then. */
    private Stream<Finding> repeated(FlowGraph graph) {
        return graph.places().stream()
                .filter(place -> !place.done())
                .flatMap(place -> beans.declared(place.node(), Repeats.class).stream()
                        .filter(repeats -> !endsWhenDone(graph, place, repeats.until()))
                        .map(repeats -> Finding.of(
                                place.node(),
                                "没有处理完就不再继续，或处理完之后又回到这里。请让条件为 ${" + repeats.until() + "} 的连线往下走，其余的回到这里。")));
    }

    private static boolean endsWhenDone(FlowGraph graph, Place place, String until) {
        Set<Place> done = Set.of(place.afterwards());
        Predicate<FlowGraph.Step> unfinished = step -> !Conditions.says(step.flow(), until);
        Predicate<FlowGraph.Step> elsewhere = unfinished.and(step -> !step.to().equals(place));
        Set<Place> before = graph.reachable(done, elsewhere);
        Set<Place> after = graph.reachable(
                before.stream()
                        .flatMap(reached -> graph.from(reached).stream())
                        .filter(unfinished.negate())
                        .map(FlowGraph.Step::to)
                        .toList(),
                step -> true);
        return before.stream()
                        .noneMatch(reached -> reached.node() instanceof EndEvent || returns(graph, reached, elsewhere))
                && !after.contains(place);
    }

    private static Stream<Finding> endless(FlowGraph graph) {
        Set<Place> beside = new HashSet<>();
        graph.besides().forEach(start -> beside.addAll(graph.beside(start)));
        return graph.reachable(graph.starts(), step -> true).stream()
                .filter(place -> !place.done() && place.node() instanceof UserTask && !beside.contains(place))
                .filter(place -> graph.ends(graph.reachable(Set.of(place), step -> !step.isAnswered()))
                        .findAny()
                        .isEmpty())
                .map(place -> Finding.of(place.node(), "没有人办理时，到期之后又会回到这里，申请永远不会结束。请让到期之后的路径通向结束事件。"));
    }
}
