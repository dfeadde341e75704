package org.accountsecurity.engine.guard;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.springframework.stereotype.Component;

/** A process can be run, begins in one way, and says how long its history is kept. */
@Component
class ProcessCheck implements Check {

    @Override
    public boolean comesFirst() {
        return true;
    }

    @Override
    public Stream<Finding> findings(Models models) {
        return Stream.concat(
                models.processes().stream().flatMap(process -> check(process, models)),
                models.elements(SubProcess.class).stream()
                        .filter(inner -> !beginsAsItShould(inner))
                        .map(inner -> Finding.of(inner, "里的开始事件不对。请只留一个：事件子流程的有定时，其他子流程的什么也没有。")));
    }

    private static Stream<Finding> check(Process process, Models models) {
        Stream.Builder<Finding> findings = Stream.builder();
        boolean called = !models.callsOf(process).isEmpty();
        boolean startable = process.isCamundaStartableInTasklist();
        if (!process.isExecutable()) {
            findings.add(Finding.of(process, "不能执行，不会被部署。请勾选 Executable。"));
        }
        if (!Literals.isHistoryPeriod(process.getCamundaHistoryTimeToLiveString())) {
            findings.add(Finding.of(process, Literals.NO_HISTORY_PERIOD));
        }
        if (called && startable) {
            findings.add(Finding.of(process, "是被调用的流程，不能由持有人直接开始。请取消 Startable in Tasklist。"));
        }
        List<StartEvent> starts = List.copyOf(starts(process));
        if (starts.size() != 1) {
            findings.add(Finding.of(process, "应当正好有一个开始事件，现在有 " + starts.size() + " 个。请补上或删去。"));
            return findings.build();
        }
        StartEvent start = starts.get(0);
        if (!isPlain(start) && (called || startable)) {
            findings.add(Finding.of(start, "会让流程自己开始，没有申请人。请改成普通的开始事件，或取消 Startable in Tasklist。"));
        }
        if (startable && Models.formRef(start).isEmpty()) {
            findings.add(Finding.of(start, "没有表单，持有人不知道申请的是什么。请选择 Camunda Forms，并填写表单的 id。"));
        }
        return findings.build();
    }

    private static boolean beginsAsItShould(SubProcess inner) {
        Collection<StartEvent> starts = starts(inner);
        return starts.size() == 1 && starts.stream().allMatch(start -> isPlain(start) != inner.triggeredByEvent());
    }

    private static boolean isPlain(StartEvent start) {
        return start.getEventDefinitions().isEmpty();
    }

    private static Collection<StartEvent> starts(ModelElementInstance scope) {
        return scope.getChildElementsByType(StartEvent.class);
    }
}
