package org.accountsecurity.engine.guard;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.accountsecurity.contract.Requires;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.springframework.stereotype.Component;

/** Whoever withdraws has withdrawn: nothing that has its requirements is done for the request any more. */
@Component
class WithdrawalCheck implements Check {

    /** The option that means it, in every form that has it. */
    private static final String WITHDRAW = "WITHDRAW";

    private final Beans beans;

    WithdrawalCheck(Beans beans) {
        this.beans = beans;
    }

    @Override
    public Stream<Finding> findings(Models models) {
        return models.graphs().stream()
                .flatMap(graph -> graph.places().stream()
                        .filter(place -> place.done() && place.node() instanceof ExclusiveGateway)
                        .flatMap(
                                place -> withdrawal(place, models).stream().flatMap(flow -> check(graph, place, flow))))
                .distinct();
    }

    private Stream<Finding> check(FlowGraph graph, Place gateway, SequenceFlow withdrawal) {
        return graph.reachable(List.of(new Place(gateway.call(), withdrawal.getTarget(), false)), step -> true).stream()
                .filter(place -> !place.done())
                .filter(place -> beans.declared(place.node(), Requires.class).isPresent())
                .limit(1)
                .map(place -> Finding.of(withdrawal, "之后还会到" + place.label() + "，而持有人选的是撤回。请让它通向申请结束，并检查出口是否对调了。"));
    }

    /** The flow that a gateway takes when the holder has withdrawn in the task before it, if it asks for that answer. */
    private static Optional<SequenceFlow> withdrawal(Place place, Models models) {
        Set<String> keys = Flows.into(place.node()).stream()
                .map(SequenceFlow::getSource)
                .filter(Objects::nonNull)
                .flatMap(task -> models.formOf(task).stream())
                .flatMap(form -> form.fields().entrySet().stream())
                .filter(field -> field.getValue().containsKey(WITHDRAW))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        List<SequenceFlow> asking = Flows.from(place.node()).stream()
                .filter(flow -> Conditions.of(flow)
                        .flatMap(Conditions::variable)
                        .filter(keys::contains)
                        .isPresent())
                .toList();
        return asking.stream()
                .filter(flow -> Conditions.of(flow)
                        .flatMap(Conditions::equalTo)
                        .filter(WITHDRAW::equals)
                        .isPresent())
                .findFirst()
                .or(() -> Optional.ofNullable(Conditions.defaultOf(place.node()))
                        .filter(flow -> !asking.isEmpty() && flow.getTarget() != null));
    }
}
