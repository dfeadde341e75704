package org.accountsecurity.engine.guard;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.accountsecurity.contract.Proves;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaIn;
import org.springframework.stereotype.Component;

/** What is called comes with the same deployment, and gets the request, the holder and other variables as they are. */
@Component
class CallCheck implements Check {

    private final Beans beans;

    CallCheck(Beans beans) {
        this.beans = beans;
    }

    @Override
    public boolean comesFirst() {
        return true;
    }

    @Override
    public Stream<Finding> findings(Models models) {
        Set<String> missing = new HashSet<>();
        return models.elements(CallActivity.class).stream().flatMap(call -> check(call, models, missing));
    }

    private Stream<Finding> check(CallActivity call, Models models, Set<String> missing) {
        if (call.getCalledElement() == null || call.getCalledElement().isBlank()) {
            return Stream.of(Finding.of(call, "没有选择要调用的流程。请填写 Called element，或从模板中选择。"));
        }
        List<Finding> findings = new ArrayList<>();
        if (!"deployment".equals(call.getCamundaCalledElementBinding())) {
            findings.add(Finding.of(call, "没有绑定到同一次部署。请把 Binding 选成 deployment，这样进行中的申请不受之后部署的影响。"));
        } else if (models.process(call.getCalledElement()).isEmpty() && missing.add(call.getCalledElement())) {
            findings.add(Finding.of(call, "调用的流程 " + call.getCalledElement() + " 不在这次部署里。请把全部流程图、决策表和表单一起部署。"));
        }
        List<CamundaIn> given = Models.extensions(call, CamundaIn.class);
        if (given.stream()
                        .filter(in -> ExpressionCheck.BUSINESS_KEY.equals(in.getCamundaBusinessKey()))
                        .count()
                != 1) {
            findings.add(Finding.of(
                    call, "没有把申请的编号传下去。请在 In mappings 里勾选 Business key，填成 " + ExpressionCheck.BUSINESS_KEY + "。"));
        }
        given.stream().filter(in -> in.getCamundaBusinessKey() == null).forEach(in -> value(call, in, findings));
        return findings.stream();
    }

    private void value(CallActivity call, CamundaIn in, List<Finding> findings) {
        String target = in.getCamundaTarget();
        if (target == null) {
            findings.add(Finding.of(call, "有一行 In mapping 没有写明传给哪个变量。请填写 Target，或去掉这一行。"));
        } else if (purposes(target).isEmpty()) {
            if (in.getCamundaSourceExpression() != null || !target.equals(in.getCamundaSource())) {
                findings.add(Finding.of(call, "的变量 " + target + " 不是原样传下去的。请把同名的变量传给它，不填常量或别的变量。"));
            }
        } else if (in.getCamundaSource() != null || !purposes(target).contains(in.getCamundaSourceExpression())) {
            findings.add(Finding.of(call, "的用途 " + target + " 不对。请从模板中选择，可选的有 " + purposes(target) + "。"));
        }
    }

    /** The constants that a variable may have, if it says what is proven. */
    private Set<String> purposes(String variable) {
        Set<String> purposes = new HashSet<>();
        beans.declared(Proves.class).values().stream()
                .filter(proof -> proof.purpose().equals(variable))
                .flatMap(proof -> Stream.of(proof.purposes().getEnumConstants()))
                .forEach(purpose -> purposes.add(purpose.name()));
        return purposes;
    }
}
