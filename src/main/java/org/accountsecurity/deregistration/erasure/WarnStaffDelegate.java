package org.accountsecurity.deregistration.erasure;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Warns staff that the last day of the request is near. */
@Component
class WarnStaffDelegate implements JavaDelegate {

    private final StaffWarning warning;

    WarnStaffDelegate(StaffWarning warning) {
        this.warning = warning;
    }

    @Override
    public void execute(DelegateExecution execution) {
        warning.send(DataErasureProcess.requestOf(execution), execution.getCurrentActivityId());
    }
}
