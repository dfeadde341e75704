package org.accountsecurity.engine.guard;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.accountsecurity.contract.Proves;
import org.accountsecurity.contract.Requires;
import org.accountsecurity.contract.Variables;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaIn;
import org.springframework.stereotype.Component;

/** Every path to what can't be undone passes what it requires, each time anew. */
@Component
class PathCheck implements Check {

    private final Beans beans;

    PathCheck(Beans beans) {
        this.beans = beans;
    }

    @Override
    public Stream<Finding> findings(Models models) {
        return beans.wherever(
                models, Requires.class, (graph, target, required) -> check(graph, target, required, models));
    }

    private Stream<Finding> check(FlowGraph graph, Place target, Requires required, Models models) {
        List<Finding> findings = new ArrayList<>();
        require(graph, target, required, models, findings);
        return findings.stream();
    }

    private void require(FlowGraph graph, Place target, Requires required, Models models, List<Finding> findings) {
        Set<Place> starts = new HashSet<>(graph.starts());
        if (!required.verified().isEmpty()) {
            // the next time counts for itself
            graph.from(target).forEach(step -> starts.add(step.to()));
        }
        for (String bean : required.executed()) {
            if (avoids(graph, starts, target, step -> !step.to().isDoneBy(bean))) {
                findings.add(Finding.of(
                        target.node(), "之前有路径没有经过“" + nameOf(bean, models) + "”（" + bean + "）。请让每一条到达它的路径都先完成这一步。"));
            }
        }
        starts.addAll(places(graph, place -> Stream.of(required.executed()).anyMatch(place::isDoneBy)));
        for (String condition : required.said()) {
            if (avoids(graph, starts, target, step -> !Conditions.says(step.flow(), condition))) {
                findings.add(Finding.of(
                        target.node(), "之前有路径不管 " + condition + " 是否成立。请只让条件为 ${" + condition + "} 的连线通向它，检查出口是否对调了。"));
            }
        }
        if (required.verified().isEmpty()) {
            return;
        }
        Set<FlowGraph.Step> proofs = proofs(graph, required.verified());
        if (avoids(graph, starts, target, step -> !proofs.contains(step))) {
            findings.add(Finding.of(
                    target.node(), "之前有路径没有通过身份验证（用途 " + required.verified() + "）。请让每一条到达它的路径都先成功通过调用的验证码流程。"));
        }
        if (!required.confirmed().isEmpty()) {
            confirm(graph, target, required, proofs, models, findings);
        }
    }

    /** The answer comes after all the rest, and it is the last that the holder says. */
    private void confirm(
            FlowGraph graph,
            Place target,
            Requires required,
            Set<FlowGraph.Step> proofs,
            Models models,
            List<Finding> findings) {
        Predicate<FlowGraph.Step> unanswered =
                step -> !(step.from().call().equals(target.call()) && isAnswer(step, required.confirmed(), models));
        Set<Place> proven = proofs.stream().map(FlowGraph.Step::to).collect(Collectors.toSet());
        Optional<String> early = Stream.of(required.executed())
                .filter(bean -> avoids(graph, places(graph, place -> place.isDoneBy(bean)), target, unanswered))
                .findFirst();
        if (avoids(graph, proven, target, unanswered)) {
            findings.add(Finding.of(
                    target.node(),
                    "之前有路径在身份验证之后没有持有人的最终确认（" + required.confirmed() + "）。请在验证之后、它之前保留持有人的确认任务，且只让确认的答案通向它。"));
        } else if (early.isPresent()) {
            findings.add(Finding.of(
                    target.node(),
                    "之前有路径在“" + nameOf(early.get(), models) + "”（" + early.get() + "）之后没有持有人的最终确认（"
                            + required.confirmed() + "）。请把确认任务放在它之后。"));
        } else if (avoids(graph, places(graph, PathCheck::isDecision), target, unanswered)) {
            findings.add(Finding.of(
                    target.node(), "之前有路径在最终确认（" + required.confirmed() + "）之后又有持有人的答复或出错的出口，例如撤回。请让这些路径离开，或重新确认。"));
        }
        Set<Place> after = graph.reachable(Set.of(target.afterwards()), step -> true);
        Set<Place> answered = graph.reachable(
                steps(graph, unanswered.negate()).map(FlowGraph.Step::to).toList(),
                step -> !step.from().equals(target));
        graph.besides().stream()
                .filter(start -> !after.contains(start) && (answered.contains(start) || graph.surrounds(start, target)))
                .forEach(start -> graph.beside(start).stream()
                        .filter(PathCheck::isAnswered)
                        .findFirst()
                        .ifPresent(task -> findings.add(Finding.of(
                                start.node(), "在旁路上让持有人办理" + task.label() + "，他的答复拦不住主路。请改为中断的边界事件，或交给客服办理。"))));
    }

    private static Set<Place> places(FlowGraph graph, Predicate<Place> wanted) {
        return graph.places().stream().filter(wanted).collect(Collectors.toSet());
    }

    private static Stream<FlowGraph.Step> steps(FlowGraph graph, Predicate<FlowGraph.Step> wanted) {
        return graph.places().stream()
                .flatMap(place -> graph.from(place).stream())
                .filter(wanted);
    }

    /** After this an earlier answer holds no longer. */
    private static boolean isDecision(Place place) {
        return isAnswered(place) || FlowGraph.catchesErrors(place.node());
    }

    private static boolean isAnswered(Place place) {
        return place.done() && isForHolder(place.node());
    }

    private static boolean isForHolder(FlowNode node) {
        return node instanceof UserTask task && TaskCheck.SUBJECT.equals(task.getCamundaAssignee());
    }

    private static boolean avoids(FlowGraph graph, Set<Place> starts, Place target, Predicate<FlowGraph.Step> taken) {
        return graph.reachable(starts, taken).contains(target);
    }

    /** The steps on which a verification of that purpose has succeeded, and nothing else can have set its answer. */
    private Set<FlowGraph.Step> proofs(FlowGraph graph, String purpose) {
        return steps(graph, step -> step.flow() != null && proves(graph, step, purpose))
                .collect(Collectors.toSet());
    }

    private boolean proves(FlowGraph graph, FlowGraph.Step step, String purpose) {
        return graph.places().stream()
                .filter(place -> place.call().equals(step.from().call()) && place.done())
                .anyMatch(prover -> beans.declared(prover.node(), Proves.class)
                        .filter(proof -> Conditions.says(step.flow(), proof.value()))
                        .filter(proof -> purpose.equals(constant(graph, prover, proof.purpose())))
                        .filter(proof -> onlyAfter(graph, prover, step))
                        .filter(proof -> aloneSets(graph, prover, proof))
                        .isPresent());
    }

    /** Whether the proof can't be claimed on a way that went around the one who proves. */
    private static boolean onlyAfter(FlowGraph graph, Place prover, FlowGraph.Step step) {
        return !graph.reachable(graph.starts(), taken -> !taken.to().equals(prover))
                .contains(step.from());
    }

    private boolean aloneSets(FlowGraph graph, Place prover, Proves proof) {
        String variable = Conditions.variable("${" + proof.value() + "}").orElse("");
        return graph.places().stream()
                .filter(place ->
                        place.call().equals(prover.call()) && !place.node().equals(prover.node()))
                .noneMatch(place -> beans.declared(place.node(), Variables.class)
                        .filter(variables -> List.of(variables.writes()).contains(variable))
                        .isPresent());
    }

    /** The constant that the innermost call gives to a variable of what it calls; null if it is none. */
    private static String constant(FlowGraph graph, Place place, String variable) {
        return graph.places().stream()
                .filter(call -> (call.call() + call.node().getId() + "/").equals(place.call()))
                .map(Place::node)
                .flatMap(call -> Models.extensions(call, CamundaIn.class).stream())
                .filter(in -> variable.equals(in.getCamundaTarget()))
                .flatMap(in -> Optional.ofNullable(in.getCamundaSourceExpression()).stream())
                .filter(text -> !text.contains("{"))
                .findFirst()
                .orElse(null);
    }

    /** Whether a step is taken because the holder has answered so in the task right before it. */
    private static boolean isAnswer(FlowGraph.Step step, String condition, Models models) {
        if (step.flow() == null || !Conditions.says(step.flow(), condition)) {
            return false;
        }
        String key = Conditions.variable("${" + condition + "}").orElse("");
        String value = Conditions.equalTo("${" + condition + "}").orElse("");
        List<FlowNode> before = Flows.into(step.from().node()).stream()
                .map(SequenceFlow::getSource)
                .toList();
        return !before.isEmpty()
                && before.stream()
                        .allMatch(node -> isForHolder(node)
                                && models.formOf(node)
                                        .map(form -> form.fields().get(key))
                                        .filter(options -> options.containsKey(value))
                                        .isPresent());
    }

    private static String nameOf(String bean, Models models) {
        return models.elements(FlowNode.class).stream()
                .filter(node -> Beans.delegateOf(node).filter(bean::equals).isPresent())
                .flatMap(node -> Stream.ofNullable(node.getName()))
                .findFirst()
                .orElse(bean);
    }
}
