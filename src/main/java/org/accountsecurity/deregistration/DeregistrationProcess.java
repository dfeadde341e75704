package org.accountsecurity.deregistration;

import org.camunda.bpm.engine.delegate.DelegateExecution;

/** The key, variables and errors of {@code account-deregistration} and {@code deregistration-preparation}. */
final class DeregistrationProcess {

    static final String KEY = "account-deregistration";

    static final String ERROR_NOT_READY = "NotReady";

    /** An input of the tasks that ask one data set. */
    static final String DATA_SET = "dataSet";

    static final String DEADLINE_AT = "deadlineAt";
    static final String SECOND_WARNING_AT = "secondWarningAt";
    static final String ELIGIBLE = "eligible";
    static final String RECHECK_CYCLE = "recheckCycle";
    static final String COOLING_OFF = "coolingOff";
    static final String COOLING_OFF_ENDS_AT = "coolingOffEndsAt";
    static final String NOT_READY_AT = "notReadyAt";
    static final String MISSING_EVIDENCE = "missingEvidence";
    static final String MESSAGE = "message";

    private DeregistrationProcess() {}

    static String requestOf(DelegateExecution execution) {
        return execution.getProcessBusinessKey();
    }
}
