package org.accountsecurity.deregistration;

import org.accountsecurity.verification.ChannelOptions;
import org.accountsecurity.verification.Purpose;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
class ComposeNoticeDelegate implements JavaDelegate {

    private final DeregistrationNotice notice;
    private final ChannelOptions channels;

    ComposeNoticeDelegate(DeregistrationNotice notice, ChannelOptions channels) {
        this.notice = notice;
        this.channels = channels;
    }

    @Override
    public void execute(DelegateExecution execution) {
        execution.setVariable(DeregistrationProcess.NOTICE, notice.text());
        channels.show(execution, Purpose.DEREGISTRATION);
    }
}
