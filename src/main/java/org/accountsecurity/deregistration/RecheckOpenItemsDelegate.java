package org.accountsecurity.deregistration;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
class RecheckOpenItemsDelegate implements JavaDelegate {

    private final OpenItemsWatch watch;

    RecheckOpenItemsDelegate(OpenItemsWatch watch) {
        this.watch = watch;
    }

    @Override
    public void execute(DelegateExecution execution) {
        watch.recheck(DeregistrationProcess.requestOf(execution));
    }
}
