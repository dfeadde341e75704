package org.accountsecurity.rehearsal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.accountsecurity.engine.rehearsal.RehearsalFinding.Passed;
import org.accountsecurity.request.MissingEvidence;
import org.accountsecurity.text.Sentence;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.springframework.context.event.EventListener;

/** Collects the elements that the engine passes and the evidence that commit points miss, also in failing steps. */
final class RehearsalListener {

    /** The evidence missed since the last call. */
    private static final Map<MissingEvidence.Kind, String> EVIDENCE = Map.of(
            MissingEvidence.Kind.CONFIRMATION, "rehearsal.evidence-confirmation",
            MissingEvidence.Kind.CONSENT, "rehearsal.evidence-consent",
            MissingEvidence.Kind.NOTICE, "rehearsal.evidence-notice",
            MissingEvidence.Kind.CODE, "rehearsal.evidence-code",
            MissingEvidence.Kind.COOLING_OFF, "rehearsal.evidence-cooling-off",
            MissingEvidence.Kind.HOLD, "rehearsal.evidence-hold");

    private final List<Passed> passed = new ArrayList<>();
    private final List<Sentence> missing = new ArrayList<>();

    @EventListener
    void on(DelegateExecution execution) {
        boolean flow = execution.getEventName().equals(ExecutionListener.EVENTNAME_TAKE);
        String element = flow ? execution.getCurrentTransitionId() : execution.getCurrentActivityId();
        if (element != null && !execution.getEventName().equals(ExecutionListener.EVENTNAME_END)) {
            passed.add(new Passed(
                    ((ExecutionEntity) execution).getProcessDefinition().getKey(), element));
        }
    }

    @EventListener
    void on(MissingEvidence evidence) {
        if (EVIDENCE.containsKey(evidence.kind())) {
            missing.add(Sentence.of(EVIDENCE.get(evidence.kind())));
        }
    }

    /** The elements and flows passed since the last call. */
    List<Passed> passed() {
        return taken(passed);
    }

    /** The evidence that commit points have missed since the last time. */
    List<Sentence> missing() {
        return taken(missing);
    }

    private static <T> List<T> taken(List<T> heard) {
        List<T> taken = List.copyOf(heard);
        heard.clear();
        return taken;
    }
}
