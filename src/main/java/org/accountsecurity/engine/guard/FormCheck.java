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
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.MultiInstanceLoopCharacteristics;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaIn;
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
    private static final int MOST_ANSWERS = 20;
    private static final Pattern QUESTION = Pattern.compile("[a-z][a-z-]{0,39}");
    private static final Pattern ANSWER = Pattern.compile("[A-Z][A-Z_]{0,39}");
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
    public boolean comesFirst() {
        return true;
    }

    @Override
    public Stream<Finding> findings(Models models) {
        Stream<FlowNode> shown = models.elements(FlowNode.class).stream()
                .filter(node -> node instanceof UserTask || node instanceof StartEvent);
        return Stream.concat(
                shown.flatMap(node -> Stream.concat(formOf(node, models), given(node, models))),
                models.forms().stream().flatMap(form -> Stream.concat(keys(form, models), components(form))));
    }

    /** What a process is given by its call, or by its turn, no form of it may set. */
    private static Stream<Finding> given(FlowNode node, Models models) {
        Process process = Models.processOf(node);
        Set<String> given = new HashSet<>();
        models.callsOf(process).stream()
                .flatMap(call -> Models.extensions(call, CamundaIn.class).stream())
                .forEach(in -> given.add(in.getCamundaTarget()));
        models.elements(MultiInstanceLoopCharacteristics.class).stream()
                .filter(each -> process.equals(Models.processOf(each)))
                .forEach(each -> given.add(each.getCamundaElementVariable()));
        return models.formOf(node).stream()
                .flatMap(form -> form.fields().keySet().stream()
                        .filter(given::contains)
                        .map(key -> new Finding(
                                form.file(), "的字段 " + key + " 会改写流程 " + process.getId() + " 得到的值。请换一个 key。")));
    }

    private static Stream<Finding> formOf(FlowNode node, Models models) {
        Optional<String> id = Models.formRef(node);
        if (id.isEmpty()) {
            return node instanceof UserTask
                    ? Stream.of(Finding.of(node, "没有表单。请选择 Camunda Forms，并填写表单的 id。"))
                    : Stream.empty();
        }
        if (models.formOf(node).isEmpty()) {
            return Stream.of(Finding.of(node, "的表单 " + id.get() + " 不在这次部署里。请把全部流程图、决策表和表单一起部署。"));
        }
        return "deployment".equals(node.getAttributeValueNs(Beans.CAMUNDA, "formRefBinding"))
                ? Stream.empty()
                : Stream.of(Finding.of(node, "的表单没有绑定到同一次部署。请把 Binding 选成 deployment。"));
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
            if (type.equals("number") && beans.read().contains(key)) {
                findings.add(new Finding(form.file(), "的字段 " + key + " 不能是数字，系统按文字读取。请改为 Text field。"));
            }
            optionsOf(component)
                    .forEach(value -> findings.add(new Finding(
                            form.file(), "的字段 " + key + " 有选项的值是空的，或与另一个相同（" + value + "），选哪个都一样。请改成不同的值。")));
            if (isCounted(component) && !canBeCounted(component)) {
                findings.add(new Finding(
                        form.file(),
                        "的字段 " + key + " 不能计数（counted）。请用 Radio 或 Select，在表单里列出 2 到 20 个选项，counted 写成 leaving-reason"
                                + " 这样的小写英文，选项的值写成 TOO_EXPENSIVE 这样的大写英文；文字和个人信息不能计数。"));
            }
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

    private static boolean isCounted(SpinJsonNode component) {
        return component.hasProp("properties")
                && component.prop("properties").isObject()
                && component.prop("properties").hasProp("counted");
    }

    /** Whether the answers are few, and known before anybody gives one. */
    private static boolean canBeCounted(SpinJsonNode component) {
        List<String> answers = component.hasProp("values")
                ? component.prop("values").elements().stream()
                        .map(option -> Form.text(option, "value"))
                        .toList()
                : List.of();
        return List.of("radio", "select").contains(Form.text(component, "type"))
                && !component.hasProp("valuesKey")
                && QUESTION.matcher(Form.text(component.prop("properties"), "counted"))
                        .matches()
                && answers.size() >= 2
                && answers.size() <= MOST_ANSWERS
                && answers.stream().allMatch(answer -> ANSWER.matcher(answer).matches());
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

    private Stream<Finding> keys(Form form, Models models) {
        Stream.Builder<Finding> findings = Stream.builder();
        if (form.schema() > NEWEST_SCHEMA) {
            findings.add(new Finding(
                    form.file(),
                    "的 schemaVersion 高于 " + NEWEST_SCHEMA + "，Tasklist 显示不了。请在 Modeler 里把表单的平台版本选成 Camunda 7.24。"));
        }
        Set<String> written = new HashSet<>(beans.written());
        written.addAll(models.ownAnswers());
        for (String key : form.fields().keySet()) {
            if (!NAME.matcher(key).matches()) {
                findings.add(new Finding(form.file(), "的字段 " + key + " 的 key 不是一个单词，流程读不到。请只用字母、数字和下划线。"));
            } else if (beans.names().contains(key)) {
                findings.add(new Finding(form.file(), "的字段 " + key + " 与系统组件重名。请换一个 key。"));
            } else if (written.contains(key)) {
                findings.add(new Finding(form.file(), "的字段 " + key + " 会改写系统的判断结果。请换一个 key。"));
            }
        }
        return findings.build();
    }
}
