package org.accountsecurity.retention;

import org.accountsecurity.contract.Variables;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Deletes expired records until a run finds none. */
@Component
@Variables(writes = PurgeRetainedDelegate.COMPLETE)
class PurgeRetainedDelegate implements JavaDelegate {

    /** Whether nothing is left to delete. */
    static final String COMPLETE = "complete";

    private final RetentionPurge purge;

    PurgeRetainedDelegate(RetentionPurge purge) {
        this.purge = purge;
    }

    @Override
    public void execute(DelegateExecution execution) {
        execution.setVariable(COMPLETE, purge.purge());
    }
}
