package org.accountsecurity.deregistration.erasure;

import org.camunda.bpm.engine.delegate.DelegateExecution;

/** The variables of the process {@code data-erasure}. */
final class DataErasureProcess {

    static final String DATA_SET = "dataSet";
    static final String COMPLETE = "complete";
    static final String STUCK_DATA_SET = "stuckDataSet";
    static final String FAILURE = "failure";

    private DataErasureProcess() {}

    static String requestOf(DelegateExecution execution) {
        return execution.getProcessBusinessKey();
    }

    static String dataSetOf(DelegateExecution execution) {
        return (String) execution.getVariable(DATA_SET);
    }
}
