package org.accountsecurity.contest;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.springframework.stereotype.Component;

/** Closes the case with its process, whichever way out that took: the restriction has an end of its own. */
@Component
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
