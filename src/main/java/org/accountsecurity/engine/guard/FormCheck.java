package org.accountsecurity.engine.guard;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.accountsecurity.contract.Variables;
import org.accountsecurity.engine.form.Form;
import org.accountsecurity.engine.form.FormPatterns;
import org.accountsecurity.engine.form.HideCondition;
import org.springframework.stereotype.Component;

/** Forms are there, can be shown and filled in, and can't set what only the system may set. */
@Component
class FormCheck implements Check {

    /** Tasklist 7.24.0 shows forms with form-js 1.8.7. */
    private static final int NEWEST_SCHEMA = 16;

    /** What shows something and loads nothing, and the fields that the server reads. */
    private static final Pattern COMPONENTS = Pattern.compile(
            "text|table|group|spacer|separator|textfield|textarea|number" + "|checkbox|radio|select|checklist|taglist");

    private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*");

    private final Beans beans;

    FormCheck(Beans beans) {
        this.beans = beans;
    }

    @Override
    public Stream<Finding> findings(Models models) {
        List<Finding> findings = new ArrayList<>();
        models.tags("userTask", "startEvent").forEach(node -> formOf(node, models, findings));
        for (Form form : models.forms.values()) {
            List<String> wrong = new ArrayList<>();
            if (form.root().path("schemaVersion").asInt(Integer.MAX_VALUE) > NEWEST_SCHEMA) {
                wrong.add(
                        "的 schemaVersion 高于 " + NEWEST_SCHEMA + "，Tasklist 显示不了。请在 Modeler 里把表单的平台版本选成 Camunda 7.24。");
            }
            form.keys().forEach(key -> key(key, wrong));
            Set<String> keys = new HashSet<>();
            form.components().forEach(component -> component(component, form, keys, wrong));
            wrong.forEach(text -> findings.add(new Finding(form.file(), text)));
        }
        return findings.stream();
    }

    /** What a process is given by its call, or by its turn, no form of it may set. */
    private static void formOf(Tag node, Models models, List<Finding> findings) {
        if (!node.has("camunda:formRef")) {
            if (node.is("userTask")) {
                findings.add(node.finding("没有表单。请选择 Camunda Forms，并填写表单的 id。"));
            }
            return;
        }
        Optional<Form> form = models.formOf(node);
        if (form.isEmpty()) {
            findings.add(node.finding("的表单 " + node.get("camunda:formRef") + " 不在这次部署里。请把全部流程图、决策表和表单一起部署。"));
            return;
        }
        if (!node.get("camunda:formRefBinding").equals("deployment")) {
            findings.add(node.finding("的表单没有绑定到同一次部署。请把 Binding 选成 deployment。"));
        }
        Tag process = node.process();
        Set<String> given = new HashSet<>();
        models.callsOf(process)
                .forEach(call -> call.extensions("camunda:in").forEach(in -> given.add(in.get("target"))));
        process.all(tag -> true).forEach(tag -> given.add(tag.get("camunda:elementVariable")));
        form.get().keys().stream()
                .filter(given::contains)
                .forEach(key -> findings.add(
                        new Finding(form.get().file(), "的字段 " + key + " 会改写流程 " + process.id() + " 得到的值。请换一个 key。")));
    }

    private void key(String key, List<String> wrong) {
        if (!NAME.matcher(key).matches()) {
            wrong.add("的字段 " + key + " 的 key 不是一个单词，流程读不到。请只用字母、数字和下划线。");
        } else if (beans.isTaken(key)) {
            wrong.add("的字段 " + key + " 与系统组件重名，或会改写系统的判断结果。请换一个 key。");
        }
    }

    private void component(JsonNode component, Form form, Set<String> keys, List<String> wrong) {
        String type = component.path("type").asText();
        String key = component.path("key").asText();
        String field = "的字段 " + key;
        HideCondition hide = new HideCondition(component);
        if (!COMPONENTS.matcher(type).matches()) {
            wrong.add("里的组件 " + type + " 不在支持的范围内。请去掉，改用文字、表格或普通的字段。");
        }
        if (component.has("path")) {
            wrong.add("里的分组有 Path，里面的答案送不到流程。请清空 Path。");
        }
        if (component.path("text").asText().contains("{{#")) {
            wrong.add("的文字里有条件，有的内容会看不到。请去掉，条件写在组件的隐藏条件里。");
        }
        if (!key.isEmpty() && !keys.add(key)) {
            wrong.add("里有两个字段的 key 都是 " + key + "。请只留一个。");
        }
        if (component.path("disabled").isTextual() || component.path("readonly").isTextual()) {
            wrong.add(field + " 有时才能填写。请让它总能填写，或总不能填写。");
        }
        if (component.has("components") && !hide.text().isEmpty()) {
            wrong.add("里的分组有隐藏条件，里面的字段会填不了。请把条件写在字段上。");
        }
        if (!FormPatterns.isReadable(component.path("validate").path("pattern").asText())) {
            wrong.add(field + " 的正则表达式不对，无法填写。请改正，或清空 Pattern。");
        }
        if (type.equals("number")
                && beans.all(Variables.class, Variables::reads).contains(key)) {
            wrong.add(field + " 不能是数字，系统按文字读取。请改为 Text field。");
        }
        Set<String> values = new HashSet<>(Set.of(""));
        component.path("values").forEach(option -> {
            if (!values.add(option.path("value").asText())) {
                wrong.add(field + " 有选项的值是空的，或与另一个相同，选哪个都一样。请改成不同的值。");
            }
        });
        if (component.has("valuesExpression")) {
            wrong.add(field + " 的选项是表达式，服务器不认识。请列出选项，或用系统给出的 valuesKey。");
        }
        if (form.keys().contains(key) && !form.keys().containsAll(hide.names())) {
            wrong.add(field + " 的隐藏条件 " + hide.text() + " 用到了不是字段的内容，浏览器和服务器会算出不同的结果。请只用本表单的字段。");
        }
        if (!hide.isDecided()) {
            wrong.add("的隐藏条件 " + hide.text() + " 无法计算，或在还没有填写时没有结果。请改正，例如 =choice != \"CONTINUE\"。");
        }
    }
}
