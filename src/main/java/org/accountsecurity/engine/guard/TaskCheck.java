package org.accountsecurity.engine.guard;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.accountsecurity.engine.Groups;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.springframework.stereotype.Component;

/** Who does a task, what is called, and how long the history is kept. */
@Component
class TaskCheck implements Check {

    /** The assignee of what the holder does. */
    static final String SUBJECT = "${subject}";

    private static final Set<String> STAFF = Set.of(Groups.SUPPORT, Groups.PROCESS_OWNER);

    @Override
    public Stream<Finding> findings(Models models) {
        return Stream.of(
                        models.elements(UserTask.class).stream().flatMap(TaskCheck::task),
                        models.elements(CallActivity.class).stream().flatMap(call -> call(call, models)),
                        models.processes().stream().flatMap(process -> process(process, models)))
                .flatMap(findings -> findings);
    }

    private static Stream<Finding> task(UserTask task) {
        if (task.getCamundaAssignee() != null && !SUBJECT.equals(task.getCamundaAssignee())) {
            return Stream.of(Finding.of(task, "的办理人不是申请人。请把 Assignee 填成 " + SUBJECT + "。"));
        }
        List<String> groups = task.getCamundaCandidateGroupsList();
        if (task.getCamundaAssignee() == null && (groups.isEmpty() || !STAFF.containsAll(groups))) {
            return Stream.of(Finding.of(
                    task,
                    "没有人办理。请把 Assignee 填成 " + SUBJECT + "，或把 Candidate groups 填成 " + String.join(" 或 ", STAFF) + "。"));
        }
        if (task.getCamundaAssignee() != null && !groups.isEmpty()
                || !task.getCamundaCandidateUsersList().isEmpty()) {
            return Stream.of(Finding.of(task, "既给申请人又给别人。请只留申请人，或只留客服的组。"));
        }
        return Stream.empty();
    }

    private static Stream<Finding> call(CallActivity call, Models models) {
        if (!"deployment".equals(call.getCamundaCalledElementBinding())) {
            return Stream.of(Finding.of(call, "没有绑定到同一次部署。请把 Binding 选成 deployment，这样进行中的申请不受之后部署的影响。"));
        }
        if (models.process(call.getCalledElement()).isEmpty()) {
            return Stream.of(Finding.of(call, "调用的流程 " + call.getCalledElement() + " 不在这次部署里。请把全部流程图、决策表和表单一起部署。"));
        }
        return Stream.empty();
    }

    private static Stream<Finding> process(Process process, Models models) {
        Stream.Builder<Finding> findings = Stream.builder();
        if (process.getCamundaHistoryTimeToLiveString() == null) {
            findings.add(Finding.of(process, "没有历史保存期限。请填写 History time to live，例如 P190D。"));
        }
        boolean called = models.elements(CallActivity.class).stream()
                .anyMatch(call -> process.getId().equals(call.getCalledElement()));
        if (called && process.isCamundaStartableInTasklist()) {
            findings.add(Finding.of(process, "是被调用的流程，不能由持有人直接开始。请取消 Startable in Tasklist。"));
        }
        return findings.build();
    }
}
