package org.accountsecurity.deregistration.receipt;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Signs the receipt. */
@Component
class IssueReceiptDelegate implements JavaDelegate {

    private final Receipts receipts;

    IssueReceiptDelegate(Receipts receipts) {
        this.receipts = receipts;
    }

    @Override
    public void execute(DelegateExecution execution) {
        receipts.fulfil(execution.getProcessBusinessKey());
    }
}
