package org.accountsecurity.rehearsal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.accountsecurity.engine.rehearsal.RehearsalFinding.Passed;
import org.accountsecurity.request.MissingEvidence;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.springframework.context.event.EventListener;

/** What the engine and the domain tell while something is done, also in a step that fails. */
final class RehearsalListener {

    /** What an account has done meanwhile is no fault of a diagram. */
    private static final Map<MissingEvidence.Kind, String> EVIDENCE = Map.of(
            MissingEvidence.Kind.CONFIRMATION, "本人的最后确认",
            MissingEvidence.Kind.CONSENT, "本人对须知的同意",
            MissingEvidence.Kind.NOTICE, "与本人看到的一致的须知",
            MissingEvidence.Kind.CODE, "规定的验证码",
            MissingEvidence.Kind.COOLING_OFF, "决策表规定的冷静期",
            MissingEvidence.Kind.HOLD, "外部数据集的冻结");

    private final List<Passed> passed = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();

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
            missing.add(EVIDENCE.get(evidence.kind()));
        }
    }

    /** The elements and flows that the engine has come to since the last time. */
    List<Passed> passed() {
        return taken(passed);
    }

    /** The evidence that commit points have missed since the last time. */
    List<String> missing() {
        return taken(missing);
    }

    private static <T> List<T> taken(List<T> heard) {
        List<T> taken = List.copyOf(heard);
        heard.clear();
        return taken;
    }
}
