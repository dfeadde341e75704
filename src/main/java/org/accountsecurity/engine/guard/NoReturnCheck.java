package org.accountsecurity.engine.guard;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.accountsecurity.contract.PointOfNoReturn;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.IntermediateCatchEvent;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.springframework.stereotype.Component;

/** No path leads back from what can't be undone, and nothing beside the path cuts short what must follow it. */
@Component
class NoReturnCheck implements Check {

    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private final Beans beans;

    NoReturnCheck(Beans beans) {
        this.beans = beans;
    }

    @Override
    public Stream<Finding> findings(Models models) {
        return beans.wherever(models, PointOfNoReturn.class, NoReturnCheck::check);
    }

    private static Stream<Finding> check(FlowGraph graph, Place point, PointOfNoReturn declared) {
        List<Finding> findings = new ArrayList<>();
        Place done = point.afterwards();
        Set<Place> before = graph.reachable(graph.starts(), step -> !step.to().equals(done));
        Set<Place> after = graph.reachable(Set.of(done), step -> true);
        after.stream()
                .filter(place -> before.contains(place) && !(place.node() instanceof EndEvent))
                .filter(place -> !(place.node() instanceof BoundaryEvent))
                .findFirst()
                .ifPresent(place -> findings.add(
                        Finding.of(place.node(), "可以从" + point.label() + "之后再次到达。这一步不能撤回，也就不能回到之前的步骤。请去掉这条路径。")));
        for (String bean : declared.followedBy()) {
            Set<Place> without =
                    graph.reachable(Set.of(done), step -> !step.to().isDoneBy(bean));
            boolean ends = without.stream()
                    .filter(graph::isOutermostEnd)
                    .anyMatch(place -> Ends.of(graph.process()).completes((EndEvent) place.node()));
            without.stream()
                    .filter(place -> waitsLong(graph, place) && leadsTo(graph, place, bean))
                    .forEach(place -> findings.add(Finding.of(
                            place.node(),
                            "在" + point.label() + "和 " + bean + " 之间等待超过一小时。请去掉，或改为最长 PT1H 的时长：已经生效的，后面的步骤要立即办理。")));
            if (ends) {
                findings.add(Finding.of(point.node(), "之后有路径没有经过 " + bean + " 就结束了。请让它之后的每一条路径都完成这一步。"));
            }
        }
        graph.besides().stream()
                .filter(start -> !after.contains(start))
                .forEach(start -> beside(graph, start, point, after, findings));
        before.stream()
                .filter(place -> isFork(place) && graph.surrounds(place, point))
                .forEach(fork -> findings.add(Finding.of(
                        fork.node(), "在" + point.label() + "之前分成并行的路径，一条可能中断另一条，或两次到达。请把并行的部分放进一个子流程，全部完成后再继续。")));
        return findings.stream();
    }

    private static boolean leadsTo(FlowGraph graph, Place place, String bean) {
        return graph.reachable(Set.of(place), step -> true).stream().anyMatch(reached -> reached.isDoneBy(bean));
    }

    private static boolean waitsLong(FlowGraph graph, Place place) {
        if (place.done()) {
            return false;
        }
        if (place.node() instanceof IntermediateCatchEvent event) {
            return !TimerCheck.isWithin(event, LONGEST_WAIT);
        }
        return place.node() instanceof UserTask && !graph.isInterruptedWithin(place, LONGEST_WAIT);
    }

    /** What has begun before may still be under way after the point. */
    private static void beside(FlowGraph graph, Place start, Place point, Set<Place> after, List<Finding> findings) {
        Set<Place> beside = graph.beside(start);
        beside.stream()
                .filter(place -> place.equals(point) || after.contains(place) && !(place.node() instanceof EndEvent))
                .findFirst()
                .ifPresent(place -> findings.add(
                        Finding.of(start.node(), "在旁路上到达" + place.label() + "，而主路还在继续。请让旁路只做提醒之类的事，然后通向普通的结束事件。")));
        beside.stream()
                .filter(place ->
                        place.node() instanceof EndEvent end && Ends.terminates(end) && graph.surrounds(place, point))
                .findFirst()
                .ifPresent(place -> findings.add(Finding.of(
                        start.node(),
                        "在旁路上到达终止一切的" + place.label() + "，" + point.label() + "之后也会被它中断。请让旁路通向普通的结束事件。")));
        beside.stream()
                .flatMap(place -> graph.from(place).stream())
                .filter(step -> catchesAround(step, graph, point))
                .findFirst()
                .ifPresent(step -> findings.add(Finding.of(
                        start.node(), "在旁路上的错误由" + step.to().label() + "捕获，" + point.label() + "之后也会被它中断。请在旁路上处理错误。")));
    }

    private static boolean catchesAround(FlowGraph.Step step, FlowGraph graph, Place point) {
        return FlowGraph.catchesErrors(step.to().node())
                && step.to().node() instanceof BoundaryEvent boundary
                && graph.around(point).contains(new Place(step.to().call(), boundary.getAttachedTo(), false));
    }

    /** Several flows out of anything but an exclusive gateway are all taken. */
    private static boolean isFork(Place place) {
        return !place.done()
                && !(place.node() instanceof ExclusiveGateway)
                && Flows.from(place.node()).size() > 1;
    }
}
