package org.accountsecurity.engine.guard;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.accountsecurity.contract.Variables;
import org.accountsecurity.engine.identity.Groups;
import org.springframework.stereotype.Component;

/** Each element by itself: it is connected, somebody does it, and the engine finds what it names. */
@Component
class ElementCheck implements Check {

    static final String BUSINESS_KEY = "#{execution.processBusinessKey}";

    private static final Duration SHORTEST_HISTORY = Duration.ofDays(30);
    private static final Duration LONGEST_HISTORY = Duration.ofDays(1096);

    private final Beans beans;

    ElementCheck(Beans beans) {
        this.beans = beans;
    }

    @Override
    public Stream<Finding> findings(Models models) {
        List<Finding> findings = new ArrayList<>();
        for (Tag tag : models.tags().toList()) {
            if (tag.is("process", "dmn:decision")
                    && !WaitCheck.isBetween(tag.get("camunda:historyTimeToLive"), SHORTEST_HISTORY, LONGEST_HISTORY)) {
                findings.add(tag.finding("没有可用的历史保存期限。请在 History time to live 填写 P30D 到 P1096D，例如 P190D。"));
            }
            if (tag.is("process")) {
                process(tag, findings);
            } else if (tag.is("userTask") && tag.has("camunda:assignee") == tag.has("camunda:candidateGroups")) {
                findings.add(
                        tag.finding("不是申请人的，也不是客服的。请把 Assignee 填成 ${subject}，或清空 Assignee、把 Candidate groups 填成客服的组，例如 "
                                + Groups.SUPPORT + "。"));
            } else if (tag.is("callActivity")) {
                call(tag, models, findings);
            } else if (tag.has("camunda:decisionRef")) {
                decision(tag, models, findings);
            } else if (tag.has("camunda:type") || tag.has("camunda:topic")) {
                external(tag, findings);
            }
            if (Tag.NODE.matcher(tag.name()).matches()) {
                connected(tag, findings);
                inputs(tag, findings);
            }
        }
        return findings.stream();
    }

    private static void process(Tag process, List<Finding> findings) {
        boolean startable = !process.get("camunda:isStartableInTasklist").equals("false");
        process.children("startEvent").stream()
                .filter(start -> startable
                        && (!start.has("camunda:formRef")
                                || !start.children("timerEventDefinition").isEmpty()))
                .forEach(
                        start -> findings.add(
                                start.finding(
                                        "由持有人开始，要有表单、没有定时，持有人才知道申请的是什么。请选择 Camunda Forms，填写表单的 id，去掉定时；别的流程请取消 Startable in Tasklist。")));
    }

    private void call(Tag call, Models models, List<Finding> findings) {
        String called = call.get("calledElement");
        if (!called.isEmpty() && !models.processes.containsKey(called)) {
            findings.add(call.finding("调用的流程 " + called + " 不在这次部署里。请把全部流程图、决策表和表单一起部署。"));
        }
        List<Tag> given = call.extensions("camunda:in");
        if (given.stream().noneMatch(in -> in.has("businessKey"))) {
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

    private void external(Tag task, List<Finding> findings) {
        boolean external = task.has("camunda:type") && !task.has("camunda:delegateExpression");
        if (!external || beans.topicOf(task).isEmpty()) {
            findings.add(task.finding(
                    "不是可用的外部任务。请把 Implementation 选成 External，并把 Topic 填成已登记的主题：" + beans.topics() + "。没有的主题请系统管理员登记。"));
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
        String rest = node.get("default");
        boolean asks = node.is("exclusiveGateway") && flows.size() > 1;
        boolean hasRest = flows.stream().anyMatch(flow -> flow.id().equals(rest));
        if (asks && !hasRest) {
            findings.add(node.finding("没有默认流：条件都不成立时流程会停住。请把其中一条设为默认流。"));
        }
        for (Tag flow : flows) {
            boolean conditional = !flow.children("conditionExpression").isEmpty();
            if (asks ? hasRest && conditional == flow.id().equals(rest) : conditional) {
                findings.add(flow.finding("应当或者有条件，或者是没有条件的默认流；条件只写在有多个出口的排他网关上。请填写条件，或设为默认流并去掉条件。"));
            }
        }
    }

    /** An input stands for a variable that the delegate lets models set, or is for a worker or a table, and hides no other. */
    private void inputs(Tag node, List<Finding> findings) {
        List<String> settable = beans.declared(node, Variables.class)
                .map(variables -> List.of(variables.inputs()))
                .orElse(List.of());
        node.extensions("camunda:inputOutput").stream()
                .flatMap(io -> io.children().stream())
                .map(input -> input.get("name"))
                .filter(name -> node.has("camunda:type") || node.has("camunda:decisionRef")
                        ? beans.isTaken(name)
                        : !settable.contains(name))
                .forEach(name -> findings.add(node.finding("的输入参数 " + name + " 不能在图里填写。请去掉，它由之前的任务或表单给出。")));
    }
}
