package org.accountsecurity.deregistration.erasure;

import org.accountsecurity.contract.OwnTransaction;
import org.accountsecurity.contract.Requires;
import org.accountsecurity.contract.WorksOn;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
@Requires(executed = "closeAccountDelegate")
@WorksOn(openedBy = "openRequestDelegate")
@OwnTransaction
class TellClosingDelegate implements JavaDelegate {

    private final ClosingNotice notice;

    TellClosingDelegate(ClosingNotice notice) {
        this.notice = notice;
    }

    @Override
    public void execute(DelegateExecution execution) {
        notice.send(DataErasureProcess.requestOf(execution));
    }
}
