package org.accountsecurity.deregistration.receipt;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

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
