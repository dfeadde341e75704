package org.accountsecurity.notice;

import org.accountsecurity.contract.Variables;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.springframework.stereotype.Component;

/** Sends a notice that a process owner has written into the diagram; the activity must be asynchronous before. */
@Component
@Variables(
        reads = {NoticeText.SUBJECT, NoticeText.TEXT},
        inputs = {NoticeText.SUBJECT, NoticeText.TEXT})
class SendNoticeDelegate implements JavaDelegate {

    private final OwnerNotices notices;

    SendNoticeDelegate(OwnerNotices notices) {
        this.notices = notices;
    }

    @Override
    public void execute(DelegateExecution execution) {
        JobEntity job = ownJob(execution);
        notices.send(
                execution.getProcessBusinessKey(),
                job.getId(),
                (String) execution.getVariable(NoticeText.SUBJECT),
                (String) execution.getVariable(NoticeText.TEXT),
                job.getRetries() <= 1);
    }

    /** Only a job of its own is the same when it is tried again, and keeps no holder waiting. */
    private static JobEntity ownJob(DelegateExecution execution) {
        JobEntity job = Context.getCommandContext().getCurrentJob();
        if (job == null || !execution.getCurrentActivityId().equals(job.getActivityId())) {
            throw new IllegalStateException(
                    execution.getCurrentActivityId() + " sends a notice: mark it as Asynchronous before");
        }
        return job;
    }
}
