package org.accountsecurity.deregistration.receipt;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Sends the last notice, with the number and secret of the receipt. */
@Component
class NotifyHolderDelegate implements JavaDelegate {

    private final HolderNotice notice;

    NotifyHolderDelegate(HolderNotice notice) {
        this.notice = notice;
    }

    @Override
    public void execute(DelegateExecution execution) {
        notice.fulfil(execution.getProcessBusinessKey());
    }
}
