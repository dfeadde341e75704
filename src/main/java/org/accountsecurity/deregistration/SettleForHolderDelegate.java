package org.accountsecurity.deregistration;

import java.util.List;
import org.accountsecurity.contract.Variables;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.spin.json.SpinJsonNode;
import org.springframework.stereotype.Component;

/** Settles the open items that the holder ticked. */
@Component
@Variables(reads = "settle")
class SettleForHolderDelegate implements JavaDelegate {

    private final OpenItems openItems;

    SettleForHolderDelegate(OpenItems openItems) {
        this.openItems = openItems;
    }

    @Override
    public void execute(DelegateExecution execution) {
        List<String> ticked = ((SpinJsonNode) execution.getVariable("settle"))
                .elements().stream().map(SpinJsonNode::stringValue).toList();
        openItems.settle(DeregistrationProcess.requestOf(execution), ticked);
    }
}
