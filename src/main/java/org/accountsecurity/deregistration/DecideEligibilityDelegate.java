package org.accountsecurity.deregistration;

import java.util.Set;
import java.util.stream.Collectors;
import org.accountsecurity.contract.Variables;
import org.accountsecurity.policy.DeregistrationPolicy;
import org.accountsecurity.text.Messages;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaInputParameter;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.springframework.stereotype.Component;

/** Checks the remaining data sets and decides whether the account can be closed. */
@Component
@Variables(
        writes = {DeregistrationProcess.ELIGIBLE, DeregistrationProcess.RECHECK_CYCLE},
        cycles = DeregistrationProcess.RECHECK_CYCLE)
class DecideEligibilityDelegate implements JavaDelegate {

    private final OpenItems openItems;
    private final DeregistrationPolicy policy;

    DecideEligibilityDelegate(OpenItems openItems, DeregistrationPolicy policy) {
        this.openItems = openItems;
        this.policy = policy;
    }

    @Override
    public void execute(DelegateExecution execution) {
        String request = DeregistrationProcess.requestOf(execution);
        openItems.checkRemaining(request, checkedByTasks(execution));
        int blockers = openItems.blockers(request).size();
        if (execution.hasVariable(DeregistrationProcess.ELIGIBLE)) {
            execution.setVariable(
                    DeregistrationProcess.MESSAGE, Messages.text("deregistration.rechecked", "count", blockers));
        }
        execution.setVariable(DeregistrationProcess.ELIGIBLE, blockers == 0);
        execution.setVariable(
                DeregistrationProcess.RECHECK_CYCLE, "R/" + policy.of(request, DeregistrationPolicy.Row.RECHECK_EVERY));
    }

    /** The data sets with a task of their own; one that the shop has added need not have any. */
    private static Set<String> checkedByTasks(DelegateExecution execution) {
        return execution.getBpmnModelInstance().getModelElementsByType(CamundaInputParameter.class).stream()
                .filter(input -> DeregistrationProcess.DATA_SET.equals(input.getCamundaName()))
                .map(ModelElementInstance::getTextContent)
                .collect(Collectors.toSet());
    }
}
