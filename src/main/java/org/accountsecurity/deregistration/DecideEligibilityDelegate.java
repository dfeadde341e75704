package org.accountsecurity.deregistration;

import java.util.Set;
import java.util.stream.Collectors;
import org.accountsecurity.contract.Variables;
import org.accountsecurity.policy.DeregistrationPolicy;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaInputParameter;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.springframework.stereotype.Component;

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
        openItems.checkAllBut(askedByTasks(execution), request);
        int blockers = openItems.blockers(request).size();
        if (execution.hasVariable(DeregistrationProcess.ELIGIBLE)) {
            execution.setVariable(DeregistrationProcess.MESSAGE, "已重新检查，还有 " + blockers + " 项未完成。");
        }
        execution.setVariable(DeregistrationProcess.ELIGIBLE, blockers == 0);
        execution.setVariable(
                DeregistrationProcess.RECHECK_CYCLE, "R/" + policy.of(request, DeregistrationPolicy.Row.RECHECK_EVERY));
    }

    /** A data set that the shop has added need not have a task of its own. */
    private static Set<String> askedByTasks(DelegateExecution execution) {
        return execution.getBpmnModelInstance().getModelElementsByType(CamundaInputParameter.class).stream()
                .filter(input -> DeregistrationProcess.DATA_SET.equals(input.getCamundaName()))
                .map(ModelElementInstance::getTextContent)
                .collect(Collectors.toSet());
    }
}
