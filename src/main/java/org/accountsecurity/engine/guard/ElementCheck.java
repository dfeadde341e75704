package org.accountsecurity.engine.guard;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.accountsecurity.contract.Variables;
import org.accountsecurity.engine.Groups;
import org.springframework.stereotype.Component;

/** Each element by itself: it is connected, somebody does it, and the engine finds what it names. */
@Component
class ElementCheck implements Check {

    static final String BUSINESS_KEY = "#{execution.processBusinessKey}";
    /** The assignee of what the holder does. */
    private static final String SUBJECT = "${subject}";

    /** What the elements that the engine goes by refer to; of other elements it does not read it. */
    private static final Map<String, Pattern> REFERENCES = Map.of(
            "sourceRef", Tag.NODE,
            "targetRef", Tag.NODE,
            "attachedToRef", Pattern.compile("\\w*([tT]ask|[sS]ubProcess)|callActivity"),
            "default", Pattern.compile("sequenceFlow"),
            "errorRef", Pattern.compile("error"));

    private final Beans beans;

    ElementCheck(Beans beans) {
        this.beans = beans;
    }

    @Override
    public Stream<Finding> findings(Models models) {
        List<Finding> findings = new ArrayList<>();
        Set<String> missing = new HashSet<>();
        for (Tag tag : models.tags().toList()) {
            if (tag.is("process")) {
                process(tag, models, findings);
            } else if (tag.is("userTask")) {
                userTask(tag, findings);
            } else if (tag.is("callActivity")) {
                call(tag, models, missing, findings);
            } else if (tag.has("camunda:decisionRef")) {
                decision(tag, models, findings);
            }
            if (tag.is("sequenceFlow", "errorEventDefinition")
                    || Tag.NODE.matcher(tag.name()).matches()) {
                references(tag, models, findings);
            }
            if (Tag.NODE.matcher(tag.name()).matches()) {
                connected(tag, findings);
                inputs(tag, findings);
            }
        }
        return findings.stream();
    }

    private static void references(Tag tag, Models models, List<Finding> findings) {
        REFERENCES.forEach((attribute, kind) -> {
            if (tag.has(attribute)
                    && models.find(tag, attribute)
                            .filter(found -> kind.matcher(found.name()).matches())
                            .isEmpty()) {
                findings.add(
                        tag.finding("的 " + attribute + " 指向 " + tag.get(attribute) + "，不存在，或不能这样连接。请删去后重新画，或重新选择。"));
            }
        });
    }

    private static void process(Tag process, Models models, List<Finding> findings) {
        boolean called = !models.callsOf(process).isEmpty();
        boolean startable = !process.get("camunda:isStartableInTasklist").equals("false");
        if (!process.get("isExecutable").equals("true")) {
            findings.add(process.finding("不能执行，不会被部署。请勾选 Executable。"));
        }
        if (!Literals.isHistoryPeriod(process.get("camunda:historyTimeToLive"))) {
            findings.add(process.finding(Literals.NO_HISTORY_PERIOD));
        }
        if (called && startable) {
            findings.add(process.finding("是被调用的流程，不能由持有人直接开始。请取消 Startable in Tasklist。"));
        }
        if (models.callers(process).contains(process)) {
            findings.add(process.finding("调用了自己。请去掉这样的调用。"));
        }
        List<Tag> starts = process.children("startEvent");
        if (starts.size() != 1) {
            findings.add(process.finding("应当正好有一个开始事件，现在有 " + starts.size() + " 个。请补上或删去。"));
        }
        for (Tag start : starts.size() == 1 ? starts : List.<Tag>of()) {
            if (!start.children("timerEventDefinition").isEmpty() && (called || startable)) {
                findings.add(start.finding("会让流程自己开始，没有申请人。请改成普通的开始事件，或取消 Startable in Tasklist。"));
            } else if (startable && !start.has("camunda:formRef")) {
                findings.add(start.finding("没有表单，持有人不知道申请的是什么。请选择 Camunda Forms，并填写表单的 id。"));
            }
        }
    }

    private static void userTask(Tag task, List<Finding> findings) {
        Set<String> groups =
                new TreeSet<>(List.of(task.get("camunda:candidateGroups").split("\\s*,\\s*")));
        boolean staffs = !groups.contains("") && !groups.contains(Groups.ACCOUNT_HOLDER);
        if (task.get("name").isBlank()) {
            findings.add(task.finding("没有名称，办理人看不出要做什么。请填写名称。"));
        } else if (!(task.has("camunda:assignee")
                ? task.get("camunda:assignee").equals(SUBJECT) && !task.has("camunda:candidateGroups")
                : staffs)) {
            findings.add(task.finding("不是申请人的，也不是客服的。请把 Assignee 填成 " + SUBJECT
                    + "，或清空 Assignee、把 Candidate groups 填成客服的组，例如 " + Groups.SUPPORT + "。"));
        }
    }

    private void call(Tag call, Models models, Set<String> missing, List<Finding> findings) {
        String called = call.get("calledElement");
        if (called.isBlank()) {
            findings.add(call.finding("没有选择要调用的流程。请填写 Called element，或从模板中选择。"));
            return;
        }
        if (!call.get("camunda:calledElementBinding").equals("deployment")) {
            findings.add(call.finding("没有绑定到同一次部署。请把 Binding 选成 deployment，这样进行中的申请不受之后部署的影响。"));
        } else if (!models.processes.containsKey(called) && missing.add(called)) {
            findings.add(call.finding("调用的流程 " + called + " 不在这次部署里。请把全部流程图、决策表和表单一起部署。"));
        }
        List<Tag> given = call.extensions("camunda:in");
        if (given.stream()
                        .filter(in -> in.get("businessKey").equals(BUSINESS_KEY))
                        .count()
                != 1) {
            findings.add(call.finding("没有把申请的编号传下去。请在 In mappings 里勾选 Business key，填成 " + BUSINESS_KEY + "。"));
        }
        // a constant only where a delegate takes one from the model
        Set<String> constants = beans.all(Variables.class, Variables::inputs);
        given.stream()
                .filter(in -> in.has("businessKey")
                        ? in.has("target")
                        : in.has("source") == in.has("sourceExpression")
                                || !in.has("target")
                                || (in.has("source")
                                        ? !in.get("source").equals(in.get("target"))
                                        : !constants.contains(in.get("target"))))
                .forEach(in -> findings.add(call.finding(
                        "传给变量 " + in.get("target") + " 的一行 In mapping 不对。请每行原样传一个同名的变量；常量只传给 " + constants + "。")));
    }

    private static void decision(Tag task, Models models, List<Finding> findings) {
        String table = task.get("camunda:decisionRef");
        boolean kept = task.has("camunda:mapDecisionResult") && task.has("camunda:resultVariable");
        if (!models.tables.containsKey(table) || !task.has("camunda:decisionRefBinding") || !kept) {
            findings.add(
                    task.finding(
                            "的决策表 " + table
                                    + " 不在这次部署里，或没有写明结果给谁。请一起部署，Binding 选成 deployment，填写 Result variable，Map decision result 选成 singleEntry。"));
        }
    }

    /** With flows in and out, and if it asks with one for the rest. */
    private static void connected(Tag node, List<Finding> findings) {
        boolean beside = node.get("triggeredByEvent").equals("true");
        List<Tag> flows = node.outgoing();
        if (node.incoming().isEmpty() && !beside && !node.is("startEvent", "boundaryEvent", "endEvent")) {
            findings.add(node.finding("没有路径能到达。请连上，或者删去。"));
        } else if (flows.isEmpty() && !beside && !node.is("endEvent")) {
            findings.add(node.finding("之后没有路径：到这里会悄悄结束，所在的流程当作完成。请连到下一步，或连到结束事件。"));
        }
        if (node.children().stream()
                        .filter(child -> child.name().endsWith("EventDefinition"))
                        .count()
                > 1) {
            findings.add(node.finding("既是一种事件，又是另一种。请只留一种。"));
        }
        boolean asks = node.is("exclusiveGateway") && flows.size() > 1;
        boolean hasDefault = flows.stream().anyMatch(flow -> flow.id().equals(node.get("default")));
        if (asks && !hasDefault) {
            findings.add(node.finding("没有默认流：条件都不成立时流程会停住。请把其中一条设为默认流。"));
        }
        for (Tag flow : flows) {
            boolean conditional = !flow.children("conditionExpression").isEmpty();
            if (conditional && !asks) {
                findings.add(flow.finding("的条件不在有多个出口的排他网关上。请用排他网关来判断。"));
            } else if (hasDefault && conditional == flow.id().equals(node.get("default"))) {
                findings.add(flow.finding("应当或者有条件，或者是没有条件的默认流。请填写条件，或设为默认流并去掉条件。"));
            }
        }
    }

    /** An input stands for a variable that the delegate lets models set, or is for a worker, and hides no other. */
    private void inputs(Tag node, List<Finding> findings) {
        List<String> settable = beans.declared(node, Variables.class)
                .map(variables -> List.of(variables.inputs()))
                .orElse(List.of());
        node.extensions("camunda:inputOutput").stream()
                .flatMap(io -> io.children().stream())
                .map(input -> input.get("name"))
                .filter(name -> node.has("camunda:type") ? beans.isTaken(name) : !settable.contains(name))
                .forEach(name -> findings.add(node.finding("的输入参数 " + name + " 不能在图里填写。请去掉，它由之前的任务或表单给出。")));
    }
}
