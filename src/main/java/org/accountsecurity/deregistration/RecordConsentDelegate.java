package org.accountsecurity.deregistration;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/**
 * Does nothing, for requests that began on a version of the diagram that has a step for it.
 *
 * @deprecated what a holder agrees to is written down with the submission
 */
@Component
@Deprecated
class RecordConsentDelegate implements JavaDelegate {

    @Override
    public void execute(DelegateExecution execution) {}
}
