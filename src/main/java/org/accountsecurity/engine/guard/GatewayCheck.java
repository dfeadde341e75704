package org.accountsecurity.engine.guard;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.ComplexGateway;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.InclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.ParallelGateway;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.springframework.stereotype.Component;

/** Every gateway has an answer for every value, and its answers mean what the form before it says. */
@Component
class GatewayCheck implements Check {

    @Override
    public Stream<Finding> findings(Models models) {
        return models.elements(FlowNode.class).stream().flatMap(node -> check(node, models).stream());
    }

    private static List<Finding> check(FlowNode node, Models models) {
        List<Finding> findings = new ArrayList<>();
        Collection<SequenceFlow> outgoing = Flows.from(node);
        boolean decides = node instanceof ExclusiveGateway || node instanceof InclusiveGateway;
        SequenceFlow standard = Conditions.defaultOf(node);
        if (node instanceof ComplexGateway) {
            findings.add(Finding.of(node, "是复杂网关，无法检查。请改用排他网关。"));
        }
        if (node instanceof ParallelGateway && Flows.into(node).size() > 1) {
            findings.add(Finding.of(node, "是并行汇合：少来一条就会一直等下去。请去掉，把并行的分支放进一个子流程，全部结束后子流程才往下走。"));
        }
        if (decides && outgoing.size() > 1) {
            if (standard == null && !complementary(outgoing)) {
                findings.add(Finding.of(node, "没有默认流：条件都不成立时流程会停住。请把其中一条设为默认流。"));
            }
            outgoing.stream()
                    .filter(flow ->
                            !flow.equals(standard) && Conditions.of(flow).isEmpty())
                    .forEach(flow -> findings.add(Finding.of(flow, "没有条件，也不是默认流。请填写条件，或设为默认流。")));
            outgoing.stream()
                    .filter(flow -> isChoice(flow, models))
                    .filter(flow -> !Conditions.comparesText(Conditions.of(flow).orElse("")))
                    .forEach(flow ->
                            findings.add(Finding.of(flow, "的条件无法计算：表单的答案只能和选项比较，例如 ${choice == 'CONTINUE'}。请改正。")));
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

    /** Whether it asks for the answer to a question with options. */
    private static boolean isChoice(SequenceFlow flow, Models models) {
        return Conditions.of(flow)
                .flatMap(Conditions::variable)
                .filter(key -> models.forms().stream()
                        .anyMatch(form ->
                                !form.fields().getOrDefault(key, Map.of()).isEmpty()))
                .isPresent();
    }

    private static boolean complementary(Collection<SequenceFlow> outgoing) {
        List<String> conditions = outgoing.stream()
                .flatMap(flow -> Conditions.of(flow).stream())
                .map(condition -> condition.replaceAll("\\s", ""))
                .toList();
        return conditions.size() == 2
                        && (conditions.get(0).equals(conditions.get(1).replace("${!", "${"))
                                != conditions.get(0).equals(conditions.get(1)))
                || conditions.size() == 2
                        && conditions.get(1).equals(conditions.get(0).replace("${!", "${"))
                        && !conditions.get(0).equals(conditions.get(1));
    }

    /** The form whose answers the gateway reads: that of the one task right before it. */
    private static Optional<Form> formBefore(FlowNode node, Models models) {
        return Flows.into(node).size() == 1
                        && Flows.into(node).iterator().next().getSource() instanceof UserTask task
                ? Optional.ofNullable(task.getAttributeValueNs(Beans.CAMUNDA, "formRef"))
                        .flatMap(models::form)
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
            } else if (!alike(flow.getName(), label)) {
                findings.add(Finding.of(flow, "的条件是表单里的“" + label + "”，与它的名称不符。请检查名称和条件是否对调了。"));
            }
        }
        if (standard != null
                && !left.isEmpty()
                && left.values().stream().noneMatch(label -> alike(standard.getName(), label))) {
            findings.add(Finding.of(standard, "是默认流，收到的答案是 " + left.values() + "，与它的名称不符。请检查名称和条件是否对调了。"));
        }
    }

    /** Whether two Chinese phrases are the same, or have two characters in a row in common. */
    private static boolean alike(String name, String label) {
        return name != null
                && (name.equals(label)
                        || IntStream.range(0, Math.max(0, name.length() - 1))
                                .mapToObj(i -> name.substring(i, i + 2))
                                .anyMatch(label::contains));
    }
}
