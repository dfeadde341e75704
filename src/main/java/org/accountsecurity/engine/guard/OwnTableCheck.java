package org.accountsecurity.engine.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** A table that a task asks by itself asks for what the task knows, and always has one answer, a text. */
@Component
class OwnTableCheck implements Check {

    private static final Pattern FACT = Pattern.compile("\\$\\{(\\w+)\\.(\\w+)}");
    private static final Pattern ANSWER = Pattern.compile("\"[\\w-]{1,40}\"");
    private static final Map<String, Class<?>> FACTS = Map.of(
            "string", String.class,
            "boolean", Boolean.class,
            "long", Number.class,
            "integer", Number.class,
            "double", Number.class,
            "number", Number.class);

    private final Beans beans;

    OwnTableCheck(Beans beans) {
        this.beans = beans;
    }

    @Override
    public Stream<Finding> findings(Models models) {
        List<Finding> findings = new ArrayList<>();
        List<String> answers = models.tags("businessRuleTask")
                .map(task -> task.get("camunda:resultVariable"))
                .toList();
        models.forms
                .values()
                .forEach(form -> form.keys().stream()
                        .filter(answers::contains)
                        .forEach(key -> findings.add(new Finding(form.file(), "的字段 " + key + " 会改写决策表的答案。请换一个 key。"))));
        models.tags("businessRuleTask")
                .forEach(task -> models.tags("dmn:decision")
                        .filter(decision -> decision.id().equals(task.get("camunda:decisionRef")))
                        .flatMap(decision -> decision.children("dmn:decisionTable").stream())
                        .forEach(table -> {
                            table(table, task, findings);
                            inputs(table, task, answers, findings);
                        }));
        return findings.stream();
    }

    private static void table(Tag table, Tag task, List<Finding> findings) {
        List<Tag> outputs = table.children("dmn:output");
        List<Tag> rules = table.children("dmn:rule");
        boolean rest = !rules.isEmpty()
                && texts(rules.get(rules.size() - 1), "dmn:inputEntry").stream()
                        .allMatch(text -> text.isEmpty() || text.equals("-"));
        if (!table.get("hitPolicy").equals("FIRST") || !rest) {
            findings.add(table.finding("不一定有答案，或不止一个。请取第一条匹配的行（命中策略 First），最后加一行，输入全部留空。"));
        }
        if (outputs.size() != 1 || !outputs.get(0).get("typeRef").equals("string")) {
            findings.add(table.finding("应当只有一个输出列，类型是 string。请改正；系统自己查询的表，任务“" + task.get("name") + "”不能查询。"));
        }
        rules.stream()
                .flatMap(rule -> texts(rule, "dmn:outputEntry").stream())
                .filter(text -> !ANSWER.matcher(text).matches())
                .forEach(text ->
                        findings.add(table.finding("的 " + text + " 不能当答案。请填 \"CALL\" 这样带引号的文字，只用字母、数字、下划线和连字符。")));
    }

    private void inputs(Tag table, Tag task, List<String> answers, List<Finding> findings) {
        for (Tag input : table.children("dmn:input")) {
            String name = String.join("", texts(input, "dmn:inputExpression"));
            String type = input.children("dmn:inputExpression").stream()
                    .map(expression -> expression.get("typeRef"))
                    .findFirst()
                    .orElse("");
            Optional<String> given = task.input(name);
            if (given.isEmpty() && !beans.isWritten(name) && !answers.contains(name)) {
                findings.add(table.finding("的输入 " + name + " 不是任务“" + task.get("name")
                        + "”知道的内容。请在任务上加同名的输入参数，例如 ${accountFacts.daysOpen}，或改成之前的任务给出的变量。"));
            } else if (!FACTS.containsKey(type) || !fits(given.orElse(""), type)) {
                findings.add(table.finding("的输入 " + name + " 的类型不对，比较不出结果。数字填 long，是或否填 boolean，其余填 string。"));
            }
        }
    }

    /** Whether a fact is of this type; what a variable is of is not known. */
    private boolean fits(String given, String type) {
        Matcher fact = FACT.matcher(given);
        return !fact.matches() || beans.isUsable(fact.group(1), fact.group(2), false, FACTS.get(type));
    }

    private static List<String> texts(Tag tag, String children) {
        return tag.children(children).stream()
                .map(child -> child.children("dmn:text").stream()
                        .map(Tag::text)
                        .findFirst()
                        .orElse(""))
                .toList();
    }
}
