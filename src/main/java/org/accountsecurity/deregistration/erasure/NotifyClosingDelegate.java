package org.accountsecurity.deregistration.erasure;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
class NotifyClosingDelegate implements JavaDelegate {

    private final ClosingNotice notice;

    NotifyClosingDelegate(ClosingNotice notice) {
        this.notice = notice;
    }

    @Override
    public void execute(DelegateExecution execution) {
        notice.fulfil(DataErasureProcess.requestOf(execution));
    }
}
