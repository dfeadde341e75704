package org.accountsecurity.deregistration;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaInputParameter;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.camunda.spin.Spin;
import org.camunda.spin.plugin.variable.SpinValues;
import org.springframework.stereotype.Component;

@Component
class DecideEligibilityDelegate implements JavaDelegate {

    private final OpenItems openItems;

    DecideEligibilityDelegate(OpenItems openItems) {
        this.openItems = openItems;
    }

    @Override
    public void execute(DelegateExecution execution) {
        openItems.checkAllBut(askedByTasks(execution), DeregistrationProcess.requestOf(execution));
        List<Blocker> blockers = openItems.blockers(DeregistrationProcess.requestOf(execution));
        execution.setVariable(DeregistrationProcess.ELIGIBLE, blockers.isEmpty());
        if (execution.hasVariable(DeregistrationProcess.OPEN_ITEMS)) {
            execution.setVariable(DeregistrationProcess.MESSAGE, "已重新检查，还有 " + blockers.size() + " 项未完成。");
        }
        show(
                execution,
                DeregistrationProcess.OPEN_ITEMS,
                blockers.stream().map(Blocker::row).toList());
        show(
                execution,
                DeregistrationProcess.SETTLEABLE,
                blockers.stream()
                        .filter(blocker -> blocker.settledBy() == SettledBy.PROCESS)
                        .map(Blocker::option)
                        .toList());
    }

    /** A data set that the shop has added need not have a task of its own. */
    private static Set<String> askedByTasks(DelegateExecution execution) {
        return execution.getBpmnModelInstance().getModelElementsByType(CamundaInputParameter.class).stream()
                .filter(input -> DeregistrationProcess.DATA_SET.equals(input.getCamundaName()))
                .map(ModelElementInstance::getTextContent)
                .collect(Collectors.toSet());
    }

    private static void show(DelegateExecution execution, String variable, Object rows) {
        execution.setVariable(variable, SpinValues.jsonValue(Spin.JSON(rows)).create());
    }
}
