package org.accountsecurity.engine.guard;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.springframework.stereotype.Component;

/** Whatever waits has a way out by time: of its own, of what it is a part of, or of everybody who calls it. */
@Component
class WaitCheck implements Check {

    @Override
    public boolean comesFirst() {
        return true;
    }

    @Override
    public Stream<Finding> findings(Models models) {
        return models.elements(UserTask.class).stream()
                .filter(task -> !timesOut(task, models, new HashSet<>()))
                .map(task -> Finding.of(task, "会一直等下去。请在它上面加一个中断的定时边界事件，并画出到期之后的路径。"));
    }

    private static boolean timesOut(ModelElementInstance element, Models models, Set<Process> asked) {
        for (ModelElementInstance scope = element; scope != null; scope = scope.getParentElement()) {
            if (scope instanceof FlowNode node && interrupted(node)) {
                return true;
            }
            if (scope instanceof SubProcess inner && inner.triggeredByEvent()) {
                continue;
            }
            if (scope instanceof Process process) {
                List<CallActivity> calls = models.elements(CallActivity.class).stream()
                        .filter(call -> process.getId().equals(call.getCalledElement()))
                        .toList();
                // what calls itself is refused for that
                return !asked.add(process)
                        || !calls.isEmpty()
                                && calls.stream().allMatch(call -> timesOut(call, models, new HashSet<>(asked)));
            }
        }
        return false;
    }

    private static boolean interrupted(FlowNode node) {
        return node.getParentElement().getChildElementsByType(BoundaryEvent.class).stream()
                .anyMatch(boundary -> node.equals(boundary.getAttachedTo())
                        && boundary.cancelActivity()
                        && TimerCheck.isTimer(boundary)
                        && !Flows.from(boundary).isEmpty());
    }
}
