package org.accountsecurity.deregistration;

import org.accountsecurity.contract.WorksOn;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
@WorksOn(openedBy = "openRequestDelegate")
class RecheckOpenItemsDelegate implements JavaDelegate {

    private final OpenItemsWatch watch;

    RecheckOpenItemsDelegate(OpenItemsWatch watch) {
        this.watch = watch;
    }

    @Override
    public void execute(DelegateExecution execution) {
        watch.look(DeregistrationProcess.requestOf(execution));
    }
}
