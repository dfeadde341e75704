package org.accountsecurity.deregistration;

import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.accountsecurity.contract.Variables;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Begins the cooling-off period, unless the policy has none or it would end too late. */
@Component
@Variables(
        writes = {DeregistrationProcess.COOLING_OFF, DeregistrationProcess.COOLING_OFF_ENDS_AT},
        dates = DeregistrationProcess.COOLING_OFF_ENDS_AT)
class BeginCoolingOffDelegate implements JavaDelegate {

    private final Deregistrations deregistrations;

    BeginCoolingOffDelegate(Deregistrations deregistrations) {
        this.deregistrations = deregistrations;
    }

    @Override
    public void execute(DelegateExecution execution) {
        Optional<Instant> end = deregistrations.coolOff(DeregistrationProcess.requestOf(execution));
        execution.setVariable(DeregistrationProcess.COOLING_OFF, end.isPresent());
        execution.setVariable(
                DeregistrationProcess.COOLING_OFF_ENDS_AT, end.map(Date::from).orElse(null));
    }
}
