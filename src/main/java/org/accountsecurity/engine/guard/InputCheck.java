package org.accountsecurity.engine.guard;

import java.util.List;
import java.util.stream.Stream;
import org.accountsecurity.contract.InputContract;
import org.springframework.stereotype.Component;

/** The inputs that a diagram gives a delegate are such as the delegate takes. */
@Component
class InputCheck implements Check {

    private final List<InputContract> contracts;

    InputCheck(List<InputContract> contracts) {
        this.contracts = contracts;
    }

    @Override
    public Stream<Finding> findings(Models models) {
        return contracts.stream()
                .flatMap(contract -> models.tags()
                        .filter(task -> task.get("camunda:delegateExpression").equals("${" + contract.delegate() + "}"))
                        .flatMap(task -> contract.inputs().stream()
                                .flatMap(input -> contract
                                        .objection(input, task.input(input).orElse(""))
                                        .stream()
                                        .map(objection -> task.finding("的 " + input + " " + objection)))));
    }
}
