package org.accountsecurity.verification;

import java.util.Date;
import org.accountsecurity.gateway.Channel;
import org.camunda.bpm.engine.delegate.DelegateExecution;

/** The variables and errors of the process {@code verification-code}. */
final class VerificationProcess {

    static final String ERROR_LIMIT_REACHED = "LimitReached";
    static final String MESSAGE = "message";
    static final String CODE_EXPIRED = "BoundaryEvent_CodeExpired";

    private static final String CODE_RESULT = "codeResult";
    private static final String EXPIRES_AT = "codeExpiresAt";

    private VerificationProcess() {}

    static Purpose purpose(DelegateExecution execution) {
        return Purpose.valueOf((String) execution.getVariable("purpose"));
    }

    static ChannelChoice channelChoice(DelegateExecution execution) {
        String channel = (String) execution.getVariable("channel");
        return new ChannelChoice(
                channel == null ? null : Channel.valueOf(channel),
                ChannelChoice.OTHER.equals(execution.getVariable("choice")));
    }

    static void show(DelegateExecution execution, IssuedCode code) {
        execution.setVariable(EXPIRES_AT, Date.from(code.expiresAt()));
        execution.setVariable(MESSAGE, code.message());
    }

    static void show(DelegateExecution execution, CheckedCode checked) {
        execution.setVariable(CODE_RESULT, checked.result().name());
        execution.setVariable(MESSAGE, checked.message());
        if (checked.expiresAt() != null) {
            execution.setVariable(EXPIRES_AT, Date.from(checked.expiresAt()));
        }
    }
}
