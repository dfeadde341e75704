package org.accountsecurity.engine.guard;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.camunda.bpm.dmn.engine.impl.DefaultDmnEngineConfiguration;
import org.camunda.bpm.dmn.feel.impl.FeelEngine;
import org.camunda.bpm.dmn.feel.impl.FeelException;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.spin.json.SpinJsonNode;
import org.springframework.stereotype.Component;

/** Forms are there, can be shown and filled in, and can't set what only the system may set. */
@Component
class FormCheck implements Check {

    /** Tasklist 7.24.0 shows forms with form-js 1.8.7. */
    private static final int NEWEST_SCHEMA = 16;

    /** What shows something and loads nothing, and the fields that the server reads. */
    private static final Set<String> COMPONENTS = Set.of(
            "text",
            "table",
            "group",
            "spacer",
            "separator",
            "textfield",
            "textarea",
            "number",
            "checkbox",
            "radio",
            "select",
            "checklist",
            "taglist");

    private static final Set<String> FEEL = Set.of(
            "null", "true", "false", "and", "or", "not", "if", "then", "else", "in", "list", "contains", "count");
    private static final Pattern TEXT = Pattern.compile("\"[^\"]*\"");
    /** Of a pattern, what is escaped and what stands in brackets. */
    private static final Pattern LITERAL = Pattern.compile("\\\\.|\\[(?:\\\\.|[^]])*]");
    /** What Java reads and a browser does not, or otherwise. */
    private static final Pattern ONLY_JAVA = Pattern.compile("\\(\\?(?![:=!]|<[=!])|[*+?}]\\+");

    private static final Pattern ONLY_JAVA_CLASS = Pattern.compile("\\\\[pPAzZGhHRXQE]|&&");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*");

    private final Beans beans;
    private final FeelEngine feel;

    FormCheck(Beans beans) {
        this.beans = beans;
        DefaultDmnEngineConfiguration configuration = new DefaultDmnEngineConfiguration();
        configuration.buildEngine();
        this.feel = configuration.getFeelEngine();
    }

    @Override
    public Stream<Finding> findings(Models models) {
        List<Finding> findings = new ArrayList<>();
        models.tags("userTask", "startEvent").forEach(node -> formOf(node, models, findings));
        return Stream.concat(
                findings.stream(),
                models.forms().stream().flatMap(form -> Stream.concat(keys(form), components(form))));
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
        } else if (!node.get("camunda:formRefBinding").equals("deployment")) {
            findings.add(node.finding("的表单没有绑定到同一次部署。请把 Binding 选成 deployment。"));
        }
        Tag process = node;
        while (!process.is("process")) {
            process = process.parent();
        }
        Set<String> given = new HashSet<>();
        models.callsOf(process)
                .forEach(call -> call.extensions("camunda:in").forEach(in -> given.add(in.get("target"))));
        process.all(tag -> true).forEach(tag -> given.add(tag.get("camunda:elementVariable")));
        String id = process.id();
        form.stream()
                .flatMap(shown -> shown.fields().keySet().stream().filter(given::contains))
                .forEach(key -> findings.add(
                        new Finding(form.get().file(), "的字段 " + key + " 会改写流程 " + id + " 得到的值。请换一个 key。")));
    }

    private Stream<Finding> components(Form form) {
        List<Finding> findings = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        for (SpinJsonNode component : form.components()) {
            String type = Form.text(component, "type");
            String key = Form.text(component, "key");
            String hide = Form.hide(component);
            if (!COMPONENTS.contains(type)) {
                findings.add(new Finding(form.file(), "里的组件 " + type + " 不在支持的范围内。请去掉，改用文字、表格或普通的字段。"));
            }
            if (component.hasProp("path")) {
                findings.add(new Finding(form.file(), "里的分组有 Path，里面的答案送不到流程。请清空 Path。"));
            }
            if (Stream.of("<!--", "{{#").anyMatch(Form.text(component, "text")::contains)) {
                findings.add(new Finding(form.file(), "的文字里有注释或条件，有的内容会看不到。请去掉，条件写在组件的隐藏条件里。"));
            }
            if (!key.isEmpty() && !keys.add(key)) {
                findings.add(new Finding(form.file(), "里有两个字段的 key 都是 " + key + "。请只留一个。"));
            }
            if (Stream.of("disabled", "readonly")
                    .anyMatch(property -> component.hasProp(property)
                            && !component.prop(property).isBoolean())) {
                findings.add(new Finding(form.file(), "的字段 " + key + " 有时才能填写。请让它总能填写，或总不能填写。"));
            }
            if (component.hasProp("components") && !hide.isEmpty()) {
                findings.add(new Finding(form.file(), "里的分组有隐藏条件，里面的字段会填不了。请把条件写在字段上。"));
            }
            if (component.hasProp("validate") && !isPattern(Form.text(component.prop("validate"), "pattern"))) {
                findings.add(new Finding(form.file(), "的字段 " + key + " 的正则表达式不对，无法填写。请改正，或清空 Pattern。"));
            }
            if (type.equals("number")
                    && beans.variables(org.accountsecurity.contract.Variables::reads)
                            .contains(key)) {
                findings.add(new Finding(form.file(), "的字段 " + key + " 不能是数字，系统按文字读取。请改为 Text field。"));
            }
            optionsOf(component)
                    .forEach(value -> findings.add(new Finding(
                            form.file(), "的字段 " + key + " 有选项的值是空的，或与另一个相同（" + value + "），选哪个都一样。请改成不同的值。")));
            if (component.hasProp("valuesExpression")) {
                findings.add(new Finding(form.file(), "的字段 " + key + " 的选项是表达式，服务器不认识。请列出选项，或用系统给出的 valuesKey。"));
            }
            if (form.fields().containsKey(key) && !namesOnlyFields(hide, form)) {
                findings.add(new Finding(
                        form.file(), "的字段 " + key + " 的隐藏条件 " + hide + " 用到了不是字段的内容，浏览器和服务器会算出不同的结果。请只用本表单的字段。"));
            }
            if (!hide.isEmpty() && !isFeel(hide)) {
                findings.add(new Finding(
                        form.file(), "的隐藏条件 " + hide + " 无法计算，或在还没有填写时没有结果。请改正，例如 =choice != \"CONTINUE\"。"));
            }
        }
        return findings.stream();
    }

    /** The values of options that can't be told from others. */
    private static Stream<String> optionsOf(SpinJsonNode component) {
        Set<String> values = new HashSet<>();
        return component.hasProp("values")
                ? component.prop("values").elements().stream()
                        .map(option -> Form.text(option, "value"))
                        .filter(value -> !values.add(value) || value.isEmpty())
                        .toList()
                        .stream()
                : Stream.empty();
    }

    private static boolean namesOnlyFields(String hide, Form form) {
        return NAME.matcher(TEXT.matcher(hide).replaceAll(""))
                .results()
                .map(MatchResult::group)
                .allMatch(name -> FEEL.contains(name) || form.fields().containsKey(name));
    }

    /** As Java and browsers read it alike. */
    private static boolean isPattern(String text) {
        if (ONLY_JAVA.matcher(LITERAL.matcher(text).replaceAll("x")).find()
                || ONLY_JAVA_CLASS.matcher(text).find()) {
            return false;
        }
        try {
            Pattern.compile(text);
            return true;
        } catch (PatternSyntaxException e) {
            return false;
        }
    }

    /** Whether the condition can be evaluated while nothing has been filled in. */
    private boolean isFeel(String hide) {
        if (!hide.startsWith("=")) {
            return false;
        }
        VariableMap nothing = Variables.createVariables();
        NAME.matcher(hide).results().forEach(name -> nothing.putValue(name.group(), null));
        try {
            return feel.evaluateSimpleExpression(hide.substring(1), nothing.asVariableContext()) instanceof Boolean;
        } catch (FeelException e) {
            return false;
        }
    }

    private Stream<Finding> keys(Form form) {
        Stream.Builder<Finding> findings = Stream.builder();
        if (form.schema() > NEWEST_SCHEMA) {
            findings.add(new Finding(
                    form.file(),
                    "的 schemaVersion 高于 " + NEWEST_SCHEMA + "，Tasklist 显示不了。请在 Modeler 里把表单的平台版本选成 Camunda 7.24。"));
        }
        for (String key : form.fields().keySet()) {
            if (!NAME.matcher(key).matches()) {
                findings.add(new Finding(form.file(), "的字段 " + key + " 的 key 不是一个单词，流程读不到。请只用字母、数字和下划线。"));
            } else if (beans.exists(key)) {
                findings.add(new Finding(form.file(), "的字段 " + key + " 与系统组件重名。请换一个 key。"));
            } else if (beans.isTaken(key)) {
                findings.add(new Finding(form.file(), "的字段 " + key + " 会改写系统的判断结果。请换一个 key。"));
            }
        }
        return findings.build();
    }
}
