package org.accountsecurity.contest;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Reminds staff of a case that is still open; a repetition of the job carries the same key. */
@Component
class RemindStaffDelegate implements JavaDelegate {

    private final Contests contests;

    RemindStaffDelegate(Contests contests) {
        this.contests = contests;
    }

    @Override
    public void execute(DelegateExecution execution) {
        contests.remindStaff(ContestedRequestProcess.contestOf(execution), execution.getId());
    }
}
