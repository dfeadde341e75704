package org.accountsecurity.engine.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.accountsecurity.contract.Asks;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.spin.json.SpinJsonNode;
import org.springframework.stereotype.Component;

/** What a delegate has the holder asked is asked plainly: shown, not filled in before, and to be refused as well. */
@Component
class QuestionCheck implements Check {

    private static final Pattern BY_ANOTHER_FIELD = Pattern.compile("=\\s*(\\w+)\\s*!=\\s*\"([\\w-]+)\"\\s*");

    /** Up to the last punctuation, and words that only look like a denial. */
    private static final Pattern CLAUSES = Pattern.compile(".*[，。；：！？、,;:!?（(\\s]|特别|分别|个别");

    private static final Pattern DENIAL = Pattern.compile("[不别勿未非无否]|取消|放弃|拒绝");
    private static final Pattern REVERSAL = Pattern.compile("作废|撤回|撤销|保留|取消|放弃");
    private static final Pattern NEVER = Pattern.compile("(?!)");
    /** Of Markdown, what is no text: definitions, addresses of links, HTML. */
    private static final Pattern UNSEEN = Pattern.compile("(?m)^\\s*\\[[^]]*]:.*$|]\\([^)]*\\)|<[^>]*>");

    private final Beans beans;

    QuestionCheck(Beans beans) {
        this.beans = beans;
    }

    @Override
    public Stream<Finding> findings(Models models) {
        return models.elements(FlowNode.class).stream()
                .flatMap(
                        node -> beans.declared(node, Asks.class).stream().flatMap(asked -> check(node, asked, models)));
    }

    private static Stream<Finding> check(FlowNode node, Asks asked, Models models) {
        List<Form> forms = models.elements(UserTask.class).stream()
                .filter(task -> TaskCheck.SUBJECT.equals(task.getCamundaAssignee()))
                .filter(task -> Models.processOf(task).equals(Models.processOf(node)))
                .flatMap(task -> models.formOf(task).stream())
                .filter(form -> asks(form, asked))
                .distinct()
                .toList();
        return forms.isEmpty()
                ? Stream.of(Finding.of(
                        node, "要的回答 " + asked.field() + " 没有在同一张流程图里问持有人。请保留原来的任务，它的表单里有字段 " + asked.field() + "。"))
                : forms.stream().flatMap(form -> check(form, asked).map(text -> new Finding(form.file(), text)));
    }

    private static boolean asks(Form form, Asks asked) {
        Map<String, String> options = form.fields().get(asked.field());
        return options != null && (asked.yes().isEmpty() || options.containsKey(asked.yes()));
    }

    private static Stream<String> check(Form form, Asks asked) {
        List<String> wrong = new ArrayList<>();
        String field = "的字段 " + asked.field();
        SpinJsonNode component = form.components().stream()
                .filter(found -> asked.field().equals(Form.text(found, "key")))
                .findFirst()
                .orElseThrow();
        Map<String, String> options = form.fields().get(asked.field());
        boolean box = asked.yes().isEmpty();
        if (!Form.text(component, "type").equals(box ? "checkbox" : "radio")) {
            wrong.add(field + " 不是" + (box ? "勾选框" : "单选") + "。请改回来，让持有人自己回答。");
        }
        if (!component.hasProp("validate") || !Form.isTrue(component.prop("validate"), "required")) {
            wrong.add(field + " 可以不填。请勾选 Required，让持有人自己回答。");
        }
        if (component.hasProp("defaultValue")) {
            wrong.add(field + " 已经替持有人填好。请清空 Default value。");
        }
        if (component.hasProp("valuesKey") || component.hasProp("valuesExpression")) {
            wrong.add(field + " 的选项不由表单给出。请在表单里列出选项。");
        }
        String hide = Form.hide(component);
        if (!hide.isEmpty() && !(box && isByAnotherField(hide, form))) {
            wrong.add(field + " 会看不到。请去掉隐藏条件" + (box ? "，或只用另一个字段的选项。" : "。"));
        }
        if (!box && options.size() < 2) {
            wrong.add(field + " 没有别的选项，持有人不能拒绝。请补上撤回的选项。");
        }
        String label = box ? Form.text(component, "label") : options.get(asked.yes());
        if (!says(label, asked.label(), REVERSAL)) {
            wrong.add(field + " 的“" + label + "”没有写明“" + asked.label() + "”，或同一句里有相反的意思。请写明，并检查选项的名称和值是否对调了。");
        }
        if (!box
                && options.entrySet().stream()
                        .anyMatch(option ->
                                option.getKey().equals("WITHDRAW") && !says(option.getValue(), "撤回", NEVER))) {
            wrong.add(field + " 的“" + options.get("WITHDRAW") + "”没有写明“撤回”，或同一句里有相反的意思。请写明，并检查选项的名称和值是否对调了。");
        }
        if (form.components().stream().noneMatch(shown -> shows(shown, asked.shows()))) {
            wrong.add("没有显示 {{" + asked.shows() + "}}，持有人不知道回答的是什么。请在文字里补上，不要隐藏。");
        }
        return wrong.stream();
    }

    /** And neither denies it, in the same clause, nor takes it back. */
    private static boolean says(String label, String text, Pattern otherwise) {
        int at = label.indexOf(text);
        if (at < 0) {
            return false;
        }
        String clause = CLAUSES.matcher(label.substring(0, at)).replaceAll("");
        return !DENIAL.matcher(clause).find()
                && !otherwise.matcher(label.substring(at + text.length())).find();
    }

    private static boolean isByAnotherField(String hide, Form form) {
        Matcher other = BY_ANOTHER_FIELD.matcher(hide);
        return other.matches()
                && Optional.ofNullable(form.fields().get(other.group(1)))
                        .filter(options -> options.containsKey(other.group(2)))
                        .isPresent();
    }

    private static boolean shows(SpinJsonNode component, String value) {
        return Form.text(component, "type").equals("text")
                && Form.hide(component).isEmpty()
                && !Form.text(component, "text").startsWith("=")
                && UNSEEN.matcher(Form.text(component, "text")).replaceAll("").contains("{{" + value + "}}");
    }
}
