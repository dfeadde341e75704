package org.accountsecurity.startup;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Prints, instead of a stack trace, the sentence with which a package refuses its own settings. */
class WrongSettingAnalyzer extends AbstractFailureAnalyzer<IllegalStateException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, IllegalStateException cause) {
        String sentence = cause.getMessage();
        return sentence != null && sentence.matches("(?s)(Set|Two blocks of) account-security\\..*")
                ? new FailureAnalysis("A setting is missing, or can't be used as it is.", sentence, cause)
                : null;
    }
}
