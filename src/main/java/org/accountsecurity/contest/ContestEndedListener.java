package org.accountsecurity.contest;

import org.accountsecurity.contract.Closes;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.springframework.stereotype.Component;

/** Closes the case with its process, whichever way out that took. */
@Component
@Closes(process = "contested-request", notBefore = "P7D")
class ContestEndedListener implements ExecutionListener {

    private final Contests contests;

    ContestEndedListener(Contests contests) {
        this.contests = contests;
    }

    @Override
    public void notify(DelegateExecution execution) {
        contests.close(ContestedRequestProcess.contestOf(execution), execution.getCurrentActivityId());
    }
}
