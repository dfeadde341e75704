package org.accountsecurity.deregistration;

import org.camunda.bpm.engine.delegate.DelegateExecution;

/** The key, variables and errors of {@code account-deregistration} and {@code deregistration-preparation}. */
final class DeregistrationProcess {

    static final String KEY = "account-deregistration";

    static final String ERROR_ALREADY_REQUESTED = "AlreadyRequested";
    static final String ERROR_NOT_READY = "NotReady";

    /** An input of the tasks that ask one data set. */
    static final String DATA_SET = "dataSet";

    static final String SUBJECT = "subject";
    static final String ELIGIBLE = "eligible";
    static final String NOTICE = "notice";
    static final String OPEN_ITEMS = "openItems";
    static final String SETTLEABLE = "settleable";
    static final String MESSAGE = "message";

    private DeregistrationProcess() {}

    static String requestOf(DelegateExecution execution) {
        return execution.getProcessBusinessKey();
    }
}
