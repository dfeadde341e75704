package org.accountsecurity.engine.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.accountsecurity.contract.Closes;
import org.accountsecurity.contract.OwnTransaction;
import org.accountsecurity.contract.RefersTo;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaExecutionListener;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.springframework.stereotype.Component;

/** A delegate finds around it what it declares: a transaction of its own, elements, the listener that closes its work. */
@Component
class DelegateCheck implements Check {

    private final Beans beans;

    DelegateCheck(Beans beans) {
        this.beans = beans;
    }

    @Override
    public Stream<Finding> findings(Models models) {
        List<Finding> findings = new ArrayList<>();
        models.elements(FlowNode.class).forEach(node -> check(node, findings));
        models.processes().forEach(process -> listeners(process, models, findings));
        return findings.stream();
    }

    private void check(FlowNode node, List<Finding> findings) {
        if (beans.declared(node, OwnTransaction.class).isPresent() && !node.isCamundaAsyncBefore()) {
            findings.add(Finding.of(node, "没有自己的事务：它失败会连累前一步，前一步失败也收不回它。请勾选 Asynchronous before。"));
        }
        boolean opens = Beans.delegateOf(node)
                .filter(bean -> beans.declared(Closes.class).values().stream()
                        .anyMatch(closes -> closes.delegate().equals(bean)))
                .isPresent();
        if (opens && node.isCamundaAsyncBefore()) {
            findings.add(Finding.of(node, "之后才知道是谁的申请，而异步执行时已经没有登录的人。请去掉 Asynchronous before。"));
        }
        beans.declared(node, RefersTo.class)
                .ifPresent(refers -> Stream.of(refers.value())
                        .filter(id -> !(node.getModelInstance().getModelElementById(id) instanceof FlowNode found
                                && Objects.equals(Models.processOf(found), Models.processOf(node))))
                        .forEach(id -> findings.add(Finding.of(node, "要用到的 " + id + " 不在流程里。请把它的 id 改回 " + id + "。"))));
    }

    private void listeners(Process process, Models models, List<Finding> findings) {
        Set<String> required = required(process, models);
        Set<String> missing = new TreeSet<>(required);
        for (CamundaExecutionListener listener : models.elements(CamundaExecutionListener.class)) {
            ModelElementInstance owner = listener.getParentElement().getParentElement();
            if (!process.equals(Models.processOf(owner))) {
                continue;
            }
            String bean = Beans.named(listener.getCamundaDelegateExpression()).orElse("");
            boolean inPlace = owner.equals(process) && "end".equals(listener.getCamundaEvent());
            if (!inPlace || !required.contains(bean)) {
                findings.add(Finding.of((BaseElement) owner, "的监听器 " + bean + " 不该在这里。请去掉；系统要求的监听器只在流程上，事件为 end。"));
            } else if (!missing.remove(bean)) {
                findings.add(Finding.of(process, "的监听器 " + bean + " 有两个。请只留一个。"));
            }
        }
        missing.forEach(bean -> findings.add(Finding.of(
                process,
                "没有监听器 " + bean + "，申请结束后仍算进行中，持有人不能再申请。请在流程上加一个 Execution listener：事件为 end，Delegate expression 为 ${"
                        + bean + "}。")));
    }

    private Set<String> required(Process process, Models models) {
        Set<String> required = new TreeSet<>();
        for (Map.Entry<String, Closes> listener : beans.declared(Closes.class).entrySet()) {
            boolean opens = models.elements(FlowNode.class).stream()
                    .filter(node -> process.equals(Models.processOf(node)))
                    .map(Beans::delegateOf)
                    .flatMap(Optional::stream)
                    .anyMatch(listener.getValue().delegate()::equals);
            if (opens || process.getId().equals(listener.getValue().process())) {
                required.add(listener.getKey());
            }
        }
        return required;
    }
}
