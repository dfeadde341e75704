package org.accountsecurity.contest;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.springframework.stereotype.Component;

/** Closes the case when its process ends, at whichever end event; the restriction ends by itself. */
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
