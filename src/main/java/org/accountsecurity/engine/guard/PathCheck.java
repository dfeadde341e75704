package org.accountsecurity.engine.guard;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.accountsecurity.contract.PointOfNoReturn;
import org.accountsecurity.contract.Proves;
import org.accountsecurity.contract.Requires;
import org.accountsecurity.contract.Variables;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaIn;
import org.springframework.stereotype.Component;

/** Every path to what can't be undone passes what it requires, each time anew; none leads back from it. */
@Component
class PathCheck implements Check {

    private final Beans beans;

    PathCheck(Beans beans) {
        this.beans = beans;
    }

    @Override
    public Stream<Finding> findings(Models models) {
        return models.graphs().stream()
                .flatMap(graph -> graph.places().stream()
                        .filter(place -> !place.done())
                        .flatMap(place -> check(graph, place, models)))
                .distinct();
    }

    private Stream<Finding> check(FlowGraph graph, Place target, Models models) {
        List<Finding> findings = new ArrayList<>();
        beans.declared(target.node(), Requires.class)
                .ifPresent(required -> require(graph, target, required, models, findings));
        beans.declared(target.node(), PointOfNoReturn.class)
                .ifPresent(point -> noReturn(graph, target, point, findings));
        return findings.stream();
    }

    private void require(FlowGraph graph, Place target, Requires required, Models models, List<Finding> findings) {
        Set<Place> starts = new HashSet<>(graph.starts());
        if (!required.verified().isEmpty()) {
            // the next time counts for itself
            graph.from(target).forEach(step -> starts.add(step.to()));
        }
        for (String bean : required.executed()) {
            if (avoids(graph, starts, target, step -> !isDone(step.to(), bean))) {
                findings.add(Finding.of(
                        target.node(), "之前有路径没有经过“" + nameOf(bean, models) + "”（" + bean + "）。请让每一条到达它的路径都先完成这一步。"));
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
            Set<Place> proven = proofs.stream().map(FlowGraph.Step::to).collect(Collectors.toSet());
            if (avoids(graph, proven, target, step -> !isAnswer(step, required.confirmed(), models))) {
                findings.add(Finding.of(
                        target.node(),
                        "之前有路径在身份验证之后没有持有人的最终确认（" + required.confirmed() + "）。请在验证之后、它之前保留持有人的确认任务，且只让确认的答案通向它。"));
            }
        }
    }

    private static boolean avoids(FlowGraph graph, Set<Place> starts, Place target, Predicate<FlowGraph.Step> taken) {
        return graph.reachable(starts, taken).contains(target);
    }

    private static boolean isDone(Place place, String bean) {
        return place.done()
                && Beans.delegateOf(place.node()).filter(bean::equals).isPresent();
    }

    /** The steps on which a verification of that purpose has succeeded, and nothing else can have set its answer. */
    private Set<FlowGraph.Step> proofs(FlowGraph graph, String purpose) {
        Set<FlowGraph.Step> proofs = new HashSet<>();
        for (Place place : graph.places()) {
            for (FlowGraph.Step step : graph.from(place)) {
                if (step.flow() != null && proves(graph, step, purpose)) {
                    proofs.add(step);
                }
            }
        }
        return proofs;
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
        String[] calls = place.call().split("/");
        String innermost = calls[calls.length - 1];
        return graph.places().stream()
                .map(Place::node)
                .filter(CallActivity.class::isInstance)
                .filter(call -> call.getId().equals(innermost))
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
                        .allMatch(node -> node instanceof UserTask task
                                && TaskCheck.SUBJECT.equals(task.getCamundaAssignee())
                                && models.form(task.getAttributeValueNs(Beans.CAMUNDA, "formRef"))
                                        .map(form -> form.fields().get(key))
                                        .filter(options -> options.containsKey(value))
                                        .isPresent());
    }

    private void noReturn(FlowGraph graph, Place point, PointOfNoReturn declared, List<Finding> findings) {
        Place done = new Place(point.call(), point.node(), true);
        Set<Place> before = graph.reachable(graph.starts(), step -> !step.to().equals(done));
        Set<Place> after = graph.reachable(Set.of(done), step -> true);
        after.stream()
                .filter(place -> before.contains(place) && !(place.node() instanceof EndEvent))
                .filter(place -> !(place.node() instanceof BoundaryEvent))
                .findFirst()
                .ifPresent(place -> findings.add(Finding.of(
                        place.node(),
                        "可以从“" + point.node().getName() + "”（" + point.node().getId()
                                + "）之后再次到达。账户关闭后不能回到之前的步骤，请去掉这条路径。")));
        for (String bean : declared.followedBy()) {
            Set<Place> without = graph.reachable(Set.of(done), step -> !isDone(step.to(), bean));
            boolean ends = without.stream()
                    .anyMatch(place -> place.done()
                            && place.node() instanceof EndEvent
                            && place.call().isEmpty()
                            && place.node().getParentElement().equals(graph.process()));
            if (ends) {
                findings.add(Finding.of(point.node(), "之后有路径没有经过 " + bean + " 就结束了。请让账户关闭之后的每一条路径都完成这一步。"));
            }
        }
    }

    private static String nameOf(String bean, Models models) {
        return models.elements(FlowNode.class).stream()
                .filter(node -> Beans.delegateOf(node).filter(bean::equals).isPresent())
                .map(FlowNode::getName)
                .findFirst()
                .orElse(bean);
    }
}
