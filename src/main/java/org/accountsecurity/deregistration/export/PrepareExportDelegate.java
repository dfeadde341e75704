package org.accountsecurity.deregistration.export;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Orders the copy, which {@link ExportWorker} makes; the process does not wait for it. */
@Component
class PrepareExportDelegate implements JavaDelegate {

    private final DataExports exports;

    PrepareExportDelegate(DataExports exports) {
        this.exports = exports;
    }

    @Override
    public void execute(DelegateExecution execution) {
        exports.order(execution.getProcessBusinessKey());
    }
}
