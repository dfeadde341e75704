package org.accountsecurity.engine.guard;

import java.util.Set;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.springframework.stereotype.Component;

/** Forms are there, can be shown, and can't set what only Java may set. */
@Component
class FormCheck implements Check {

    /** Tasklist 7.24.0 shows forms with form-js 1.8.7. */
    private static final int NEWEST_SCHEMA = 16;

    private final Beans beans;

    FormCheck(Beans beans) {
        this.beans = beans;
    }

    @Override
    public Stream<Finding> findings(Models models) {
        return Stream.concat(
                models.elements(FlowNode.class).stream()
                        .filter(node -> node instanceof UserTask || node instanceof StartEvent)
                        .flatMap(node -> formOf(node, models)),
                models.forms().stream().flatMap(this::check));
    }

    private static Stream<Finding> formOf(FlowNode node, Models models) {
        String id = node.getAttributeValueNs(Beans.CAMUNDA, "formRef");
        if (id == null) {
            return node instanceof UserTask
                    ? Stream.of(Finding.of(node, "没有表单。请选择 Camunda Forms，并填写表单的 id。"))
                    : Stream.empty();
        }
        if (models.form(id).isEmpty()) {
            return Stream.of(Finding.of(node, "的表单 " + id + " 不在这次部署里。请把全部流程图、决策表和表单一起部署。"));
        }
        return "deployment".equals(node.getAttributeValueNs(Beans.CAMUNDA, "formRefBinding"))
                ? Stream.empty()
                : Stream.of(Finding.of(node, "的表单没有绑定到同一次部署。请把 Binding 选成 deployment。"));
    }

    private Stream<Finding> check(Form form) {
        Stream.Builder<Finding> findings = Stream.builder();
        if (form.schema() > NEWEST_SCHEMA) {
            findings.add(new Finding(
                    form.file(),
                    "的 schemaVersion 高于 " + NEWEST_SCHEMA + "，Tasklist 显示不了。请在 Modeler 里把表单的平台版本选成 Camunda 7.24。"));
        }
        Set<String> written = beans.written();
        for (String key : form.fields().keySet()) {
            if (beans.names().contains(key)) {
                findings.add(new Finding(form.file(), "的字段 " + key + " 与系统组件重名。请换一个 key。"));
            } else if (written.contains(key)) {
                findings.add(new Finding(form.file(), "的字段 " + key + " 会改写系统的判断结果。请换一个 key。"));
            }
        }
        return findings.build();
    }
}
