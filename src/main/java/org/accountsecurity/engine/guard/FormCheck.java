package org.accountsecurity.engine.guard;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.accountsecurity.contract.Variables;
import org.accountsecurity.engine.form.CountedQuestion;
import org.accountsecurity.engine.form.Form;
import org.accountsecurity.engine.form.FormPatterns;
import org.accountsecurity.engine.form.HideCondition;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Forms are there, can be shown and filled in, and can't set what only the system may set. */
@Component
class FormCheck implements Check {

    /** Tasklist 7.24.0 shows forms with form-js 1.8.7. */
    private static final int NEWEST_SCHEMA = 16;

    /** What shows something and loads nothing, and the fields that the server reads. */
    private static final Pattern COMPONENTS = Pattern.compile(
            "text|table|group|spacer|separator|textfield|textarea|number" + "|checkbox|radio|select|checklist|taglist");

    /** What only the browser would compute. */
    private static final Set<String> COMPUTED = Set.of("path", "valuesExpression", "disabled", "readonly");

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

    private static void formOf(Tag node, Models models, List<Finding> findings) {
        String form = node.get("camunda:formRef");
        if (!form.isEmpty() && !models.forms.containsKey(form)) {
            findings.add(node.finding("的表单 " + form + " 不在这次部署里。请把全部流程图、决策表和表单一起部署。"));
        }
    }

    private void key(String key, List<String> wrong) {
        if (!NAME.matcher(key).matches()) {
            wrong.add("的字段 " + key + " 的 key 不是一个单词，流程读不到。请只用字母、数字和下划线。");
        } else if (beans.isTaken(key)
                || beans.all(Variables.class, Variables::inputs).contains(key)) {
            wrong.add("的字段 " + key + " 与系统组件重名，或会改写系统的判断结果。请换一个 key。");
        }
    }

    private static void component(JsonNode component, Form form, Set<String> keys, List<String> wrong) {
        String type = component.path("type").asString("");
        String key = component.path("key").asString("");
        String field = "的字段 " + key;
        HideCondition hide = new HideCondition(component);
        if (!COMPONENTS.matcher(type).matches()) {
            wrong.add("里的组件 " + type + " 不在支持的范围内。请去掉，改用文字、表格或普通的字段。");
        }
        COMPUTED.stream()
                .filter(property -> component.path(property).isString())
                .forEach(property ->
                        wrong.add(field + " 的 " + property + " 是表达式或路径，服务器不认识。请清空；选项请列出，或用系统给出的 valuesKey。"));
        if (!key.isEmpty() && !keys.add(key)) {
            wrong.add("里有两个字段的 key 都是 " + key + "。请只留一个。");
        }
        if (component.has("components") && !hide.text().isEmpty()) {
            wrong.add("里的分组有隐藏条件，里面的字段会填不了。请把条件写在字段上。");
        }
        if (!FormPatterns.isReadable(component.path("validate").path("pattern").asString(""))) {
            wrong.add(field + " 的正则表达式不对，无法填写。请改正，或清空 Pattern。");
        }
        if (form.keys().contains(key) && !form.keys().containsAll(hide.names())) {
            wrong.add(field + " 的隐藏条件 " + hide.text() + " 用到了不是字段的内容，浏览器和服务器会算出不同的结果。请只用本表单的字段。");
        }
        if (CountedQuestion.isMarked(component) && CountedQuestion.in(component).isEmpty()) {
            wrong.add(field + " 不能计数（counted）。请用 Radio 或 Select，在表单里列出 2 到 20 个选项，counted 写成 leaving-reason"
                    + " 这样的小写英文，选项的值写成 TOO_EXPENSIVE 这样的大写英文；文字和个人信息不能计数。");
        }
    }
}
