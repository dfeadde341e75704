package org.accountsecurity.verification;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Date;
import org.accountsecurity.notification.Channel;
import org.camunda.bpm.engine.delegate.DelegateExecution;

/** The variables and errors of the process {@code verification-code}. */
final class VerificationProcess {

    static final String ERROR_LIMIT_REACHED = "LimitReached";
    static final String MESSAGE = "message";

    private static final String CODE_RESULT = "codeResult";
    private static final String TRIES_LEFT = "triesLeft";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    private VerificationProcess() {}

    static Purpose purpose(DelegateExecution execution) {
        return Purpose.valueOf((String) execution.getVariable("purpose"));
    }

    static ChannelChoice channelChoice(DelegateExecution execution) {
        String channel = (String) execution.getVariable("channel");
        return new ChannelChoice(
                channel == null ? null : Channel.valueOf(channel),
                "OTHER_CHANNEL".equals(execution.getVariable("choice")));
    }

    static void show(DelegateExecution execution, IssuedCode code, ZoneId zone) {
        execution.setVariable("maskedTarget", code.maskedTarget());
        execution.setVariable("serial", code.serial());
        execution.setVariable(TRIES_LEFT, code.triesLeft());
        execution.setVariable("sendsLeft", code.sendsLeft());
        execution.setVariable("codeExpiresAt", Date.from(code.expiresAt()));
        execution.setVariable("expiresAt", TIME.format(code.expiresAt().atZone(zone)));
        execution.setVariable("resendAt", TIME.format(code.resendAt().atZone(zone)));
        execution.setVariable(MESSAGE, code.message());
    }

    static void show(DelegateExecution execution, CheckedCode checked) {
        execution.setVariable(CODE_RESULT, checked.result().name());
        execution.setVariable(TRIES_LEFT, checked.triesLeft());
        execution.setVariable(MESSAGE, checked.message());
    }
}
