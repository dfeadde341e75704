package org.accountsecurity.deregistration;

import org.accountsecurity.contract.Variables;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Asks the data set that the task names in its input parameter {@code dataSet}. */
@Component
@Variables(reads = DeregistrationProcess.DATA_SET, inputs = DeregistrationProcess.DATA_SET)
class CheckOpenItemsDelegate implements JavaDelegate {

    private final OpenItems openItems;

    CheckOpenItemsDelegate(OpenItems openItems) {
        this.openItems = openItems;
    }

    @Override
    public void execute(DelegateExecution execution) {
        openItems.check(DeregistrationProcess.requestOf(execution), (String)
                execution.getVariable(DeregistrationProcess.DATA_SET));
    }
}
