package org.accountsecurity;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Prints what to set instead of a stack trace. */
class SettingsMissingAnalyzer extends AbstractFailureAnalyzer<SettingsMissingException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, SettingsMissingException cause) {
        return new FailureAnalysis(
                "Outside the profile demo the application does not start without its settings.",
                cause.getMessage(),
                cause);
    }
}
