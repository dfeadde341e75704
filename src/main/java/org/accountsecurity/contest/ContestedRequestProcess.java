package org.accountsecurity.contest;

import org.camunda.bpm.engine.delegate.DelegateExecution;

/** The key of {@code contested-request}; its business key is the id of the contest. */
final class ContestedRequestProcess {

    static final String KEY = "contested-request";

    private ContestedRequestProcess() {}

    static String contestOf(DelegateExecution execution) {
        return execution.getProcessBusinessKey();
    }
}
