package org.accountsecurity;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Prints how far the clock is off instead of a stack trace. */
class WrongClockAnalyzer extends AbstractFailureAnalyzer<WrongClockException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, WrongClockException cause) {
        return new FailureAnalysis(cause.getMessage(), "Synchronise the clocks of all nodes by NTP.", cause);
    }
}
