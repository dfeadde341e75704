package org.accountsecurity.contest;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
class RemindStaffDelegate implements JavaDelegate {

    private final StaffReminder reminder;

    RemindStaffDelegate(StaffReminder reminder) {
        this.reminder = reminder;
    }

    @Override
    public void execute(DelegateExecution execution) {
        reminder.send(ContestedRequestProcess.contestOf(execution), execution.getId());
    }
}
