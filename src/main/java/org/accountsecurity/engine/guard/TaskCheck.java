package org.accountsecurity.engine.guard;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.accountsecurity.engine.Groups;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.springframework.stereotype.Component;

/** Who does a task, and what it is called. */
@Component
class TaskCheck implements Check {

    /** The assignee of what the holder does. */
    static final String SUBJECT = "${subject}";

    private static final Set<String> STAFF = Set.of(Groups.SUPPORT, Groups.PROCESS_OWNER);

    @Override
    public boolean comesFirst() {
        return true;
    }

    @Override
    public Stream<Finding> findings(Models models) {
        return models.elements(UserTask.class).stream().flatMap(task -> Stream.concat(whose(task), named(task)));
    }

    private static Stream<Finding> named(UserTask task) {
        return task.getName() == null || task.getName().isBlank()
                ? Stream.of(Finding.of(task, "没有名称，办理人看不出要做什么。请填写名称。"))
                : Stream.empty();
    }

    private static Stream<Finding> whose(UserTask task) {
        if (task.getCamundaAssignee() != null && !SUBJECT.equals(task.getCamundaAssignee())) {
            return Stream.of(Finding.of(task, "的办理人不是申请人。请把 Assignee 填成 " + SUBJECT + "。"));
        }
        List<String> groups = task.getCamundaCandidateGroupsList();
        if (task.getCamundaAssignee() == null && (groups.isEmpty() || !STAFF.containsAll(groups))) {
            return Stream.of(Finding.of(
                    task,
                    "没有人办理。请把 Assignee 填成 " + SUBJECT + "，或把 Candidate groups 填成 " + String.join(" 或 ", STAFF) + "。"));
        }
        if (task.getCamundaAssignee() != null && !groups.isEmpty()) {
            return Stream.of(Finding.of(task, "既给申请人又给别人。请只留申请人，或只留客服的组。"));
        }
        return Stream.empty();
    }
}
