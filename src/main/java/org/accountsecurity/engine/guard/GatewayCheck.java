package org.accountsecurity.engine.guard;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.ParallelGateway;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.springframework.stereotype.Component;

/** Every gateway has an answer for every value, and its answers mean what the form before it says. */
@Component
class GatewayCheck implements Check {

    private final Beans beans;

    GatewayCheck(Beans beans) {
        this.beans = beans;
    }

    @Override
    public boolean comesFirst() {
        return true;
    }

    @Override
    public Stream<Finding> findings(Models models) {
        return models.elements(FlowNode.class).stream().flatMap(node -> check(node, models).stream());
    }

    private List<Finding> check(FlowNode node, Models models) {
        List<Finding> findings = new ArrayList<>();
        Collection<SequenceFlow> outgoing = Flows.from(node);
        boolean decides = node instanceof ExclusiveGateway;
        SequenceFlow standard = Optional.ofNullable(Conditions.defaultOf(node))
                .filter(outgoing::contains)
                .orElse(null);
        if (node instanceof ParallelGateway && Flows.into(node).size() > 1) {
            findings.add(Finding.of(node, "是并行汇合：少来一条就会一直等下去。请去掉，把并行的分支放进一个子流程，全部结束后子流程才往下走。"));
        }
        boolean asks = outgoing.size() > 1
                || outgoing.stream().anyMatch(flow -> Conditions.of(flow).isPresent());
        if (decides && asks) {
            if (standard == null && !complementary(outgoing)) {
                findings.add(Finding.of(node, "没有默认流：条件都不成立时流程会停住。请把其中一条设为默认流。"));
            }
            outgoing.stream()
                    .filter(flow ->
                            !flow.equals(standard) && Conditions.of(flow).isEmpty())
                    .forEach(flow -> findings.add(Finding.of(flow, "没有条件，也不是默认流。请填写条件，或设为默认流。")));
            outgoing.stream()
                    .filter(flow -> Conditions.of(flow)
                            .filter(condition -> !fits(condition, models))
                            .isPresent())
                    .forEach(
                            flow -> findings.add(
                                    Finding.of(
                                            flow,
                                            "的条件无法计算。是或否的变量写成 ${complete} 或 ${!complete}，表单的选项和其他文字与常量比较，例如 ${choice == 'CONTINUE'}。请改正。")));
            formBefore(node, models).ifPresent(form -> compare(outgoing, standard, form, findings));
        }
        if (standard != null && Conditions.of(standard).isPresent()) {
            findings.add(Finding.of(standard, "是默认流，不能再有条件。请去掉条件。"));
        }
        if (!decides) {
            outgoing.stream()
                    .filter(flow -> Conditions.of(flow).isPresent())
                    .forEach(flow -> findings.add(Finding.of(flow, "的条件不在网关上。请用排他网关来判断。")));
        }
        return findings;
    }

    /** Whether it asks a flag whether it is set, and compares anything else with a text. */
    private boolean fits(String condition, Models models) {
        if (Conditions.fact(condition).isPresent()) {
            return true;
        }
        boolean flag = Conditions.variable(condition)
                .filter(name ->
                        beans.flags().contains(name) || models.forms().stream().anyMatch(form -> form.isBox(name)))
                .isPresent();
        return flag ? Conditions.isBare(condition) : Conditions.comparesText(condition);
    }

    private static boolean complementary(Collection<SequenceFlow> outgoing) {
        List<String> conditions = outgoing.stream()
                .flatMap(flow -> Conditions.of(flow).stream())
                .map(condition -> condition.replaceAll("\\s", ""))
                .toList();
        return conditions.size() == 2
                && !conditions.get(0).equals(conditions.get(1))
                && conditions
                        .get(0)
                        .replace("${!", "${")
                        .equals(conditions.get(1).replace("${!", "${"));
    }

    /** The form whose answers the gateway reads: that of the one task right before it. */
    private static Optional<Form> formBefore(FlowNode node, Models models) {
        return Flows.into(node).size() == 1
                        && Flows.into(node).iterator().next().getSource() instanceof UserTask task
                ? models.formOf(task)
                : Optional.empty();
    }

    private static void compare(
            Collection<SequenceFlow> outgoing, SequenceFlow standard, Form form, List<Finding> findings) {
        Map<String, String> left = new HashMap<>();
        for (SequenceFlow flow : outgoing) {
            String condition = Conditions.of(flow).orElse("");
            Map<String, String> options =
                    Conditions.variable(condition).map(form.fields()::get).orElse(Map.of());
            Optional<String> value = Conditions.equalTo(condition);
            if (options.isEmpty() || value.isEmpty()) {
                continue;
            }
            if (left.isEmpty()) {
                left.putAll(options);
            }
            String label = options.get(value.get());
            left.remove(value.get());
            if (label == null) {
                findings.add(Finding.of(
                        flow,
                        "等待的答案 " + value.get() + " 在表单 " + form.id() + " 里没有。请改成表单中的选项：" + options.keySet() + "。"));
            } else if (!alike(flow.getName(), label, options.values())) {
                findings.add(Finding.of(flow, "的条件是表单里的“" + label + "”，与它的名称不符。请检查名称和条件是否对调了。"));
            }
        }
        if (standard != null
                && !left.isEmpty()
                && left.values().stream().noneMatch(label -> alike(standard.getName(), label, List.of()))) {
            findings.add(Finding.of(standard, "是默认流，收到的答案是 " + left.values() + "，与它的名称不符。请检查名称和条件是否对调了。"));
        }
    }

    /** Whether a name has two characters in a row in common with a label, and no more with that of another option. */
    private static boolean alike(String name, String label, Collection<String> others) {
        int common = inCommon(name, label);
        return common >= Math.min(2, label.length())
                && others.stream().allMatch(other -> inCommon(name, other) <= common);
    }

    /** How many characters in a row two phrases have in common. */
    private static int inCommon(String name, String label) {
        String text = Objects.requireNonNullElse(name, "");
        int longest = 0;
        for (int from = 0; from < text.length(); from++) {
            while (from + longest < text.length() && label.contains(text.substring(from, from + longest + 1))) {
                longest++;
            }
        }
        return longest;
    }
}
