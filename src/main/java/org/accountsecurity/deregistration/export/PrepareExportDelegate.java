package org.accountsecurity.deregistration.export;

import org.accountsecurity.contract.OwnTransaction;
import org.accountsecurity.contract.WorksOn;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
@WorksOn(openedBy = "openRequestDelegate")
@OwnTransaction
class PrepareExportDelegate implements JavaDelegate {

    private final DataExports exports;

    PrepareExportDelegate(DataExports exports) {
        this.exports = exports;
    }

    @Override
    public void execute(DelegateExecution execution) {
        exports.prepare(execution.getProcessBusinessKey());
    }
}
