package org.accountsecurity.engine.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.BusinessRuleTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaInputOutput;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaInputParameter;
import org.camunda.bpm.model.dmn.HitPolicy;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.Input;
import org.camunda.bpm.model.dmn.instance.Output;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.camunda.bpm.model.dmn.instance.Text;
import org.springframework.stereotype.Component;

/**
 * A table of a process owner's, which a business rule task asks by itself: it asks for what the task knows, and always has
 * one answer, a text that conditions compare.
 */
@Component
class OwnTableCheck implements Check {

    private static final Pattern NAME = Pattern.compile("[a-z]\\w*");
    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{([\\w.]+)}");
    private static final Pattern ANSWER = Pattern.compile("\"[\\w-]{1,40}\"");
    private static final String WHOLE = "-?\\d{1,9}";
    private static final Map<String, Pattern> ENTRIES = Map.of(
            "string", Pattern.compile("(\"[^\"\\\\]*\"(\\s*,\\s*\"[^\"\\\\]*\")*)?|-"),
            "boolean", Pattern.compile("(true|false)?|-"),
            "long",
                    Pattern.compile(
                            "((<=?|>=?)?\\s*" + WHOLE + "|[\\[\\](]" + WHOLE + "\\.\\." + WHOLE + "[])\\[])?|-"));

    private final Beans beans;

    OwnTableCheck(Beans beans) {
        this.beans = beans;
    }

    @Override
    public boolean comesFirst() {
        return true;
    }

    @Override
    public Stream<Finding> findings(Models models) {
        return models.elements(BusinessRuleTask.class).stream()
                .filter(task -> task.getCamundaDecisionRef() != null)
                .flatMap(task -> objections(task, models).stream());
    }

    private List<Finding> objections(BusinessRuleTask task, Models models) {
        String result = task.getCamundaResultVariable();
        boolean bound = "deployment".equals(task.getCamundaDecisionRefBinding())
                && "singleEntry".equals(task.getCamundaMapDecisionResult())
                && task.getCamundaDelegateExpression() == null;
        if (!bound) {
            return List.of(Finding.of(
                    task,
                    "查询自己的决策表时，Binding 选 deployment，Map decision result 选 singleEntry，不填 Delegate expression。请改正。"));
        }
        if (result == null || !isOwn(result)) {
            return List.of(
                    Finding.of(task, "的 Result variable 是空的，或者与系统的变量或组件同名。请换一个名称，例如 ownAnswer（小写字母开头，只用字母、数字和下划线）。"));
        }
        List<Finding> findings = new ArrayList<>();
        inputs(task).keySet().stream()
                .filter(name -> !isOwn(name))
                .forEach(name -> findings.add(Finding.of(task, "的输入参数 " + name + " 与系统的变量或组件同名。请换一个名称。")));
        return findings;
    }

    private boolean isOwn(String name) {
        return NAME.matcher(name).matches()
                && !beans.names().contains(name)
                && !beans.written().contains(name)
                && !beans.read().contains(name);
    }

    private static Map<String, String> inputs(BusinessRuleTask task) {
        Map<String, String> inputs = new TreeMap<>();
        Models.extensions(task, CamundaInputOutput.class).stream()
                .flatMap(io -> io.getCamundaInputParameters().stream())
                .forEach((CamundaInputParameter input) -> inputs.put(
                        input.getCamundaName(), input.getTextContent().strip()));
        return inputs;
    }

    /** What is wrong with a table that this task asks. */
    List<Finding> findings(String id, DecisionTable table, BusinessRuleTask task, Models models) {
        List<Finding> findings = new ArrayList<>();
        List<String> types = new ArrayList<>();
        for (Input input : table.getInputs()) {
            String name = input.getInputExpression() == null
                    ? ""
                    : text(input.getInputExpression().getText());
            Optional<String> type = type(name, task, models);
            types.add(type.orElse("string"));
            if (type.isEmpty()) {
                findings.add(new Finding(
                        id,
                        "的输入 " + name + " 不是任务“" + task.getName()
                                + "”知道的内容。请在任务上加同名的输入参数，例如 ${accountFacts.daysOpen}，或改成之前的任务给出的变量。"));
            } else if (!type.get().equals(input.getInputExpression().getTypeRef())) {
                findings.add(new Finding(id, "的输入 " + name + " 的类型应当是 " + type.get() + "，否则比较不出结果。请改正。"));
            }
        }
        if (table.getHitPolicy() != HitPolicy.FIRST || table.getOutputs().size() != 1) {
            findings.add(new Finding(id, "应当取第一条匹配的行（命中策略 First），并且只有一个输出列。请改正。"));
            return findings;
        }
        Output output = table.getOutputs().iterator().next();
        if (!"string".equals(output.getTypeRef())) {
            findings.add(new Finding(id, "的输出列的类型应当是 string。请改正。"));
        }
        rows(id, List.copyOf(table.getRules()), types, findings);
        return findings;
    }

    private static void rows(String id, List<Rule> rules, List<String> types, List<Finding> findings) {
        for (int row = 0; row < rules.size(); row++) {
            Rule rule = rules.get(row);
            List<String> asked = rule.getInputEntries().stream()
                    .map(entry -> text(entry.getText()))
                    .toList();
            for (int column = 0; column < asked.size() && column < types.size(); column++) {
                if (!ENTRIES.get(types.get(column)).matcher(asked.get(column)).matches()) {
                    findings.add(new Finding(
                            id,
                            "第 " + (row + 1) + " 行的 " + asked.get(column)
                                    + " 无法比较。请填 \"VIP\" 这样带引号的文字，>= 365 或 [30..365] 这样的数字，true、false，或留空。"));
                }
            }
            String answer = text(rule.getOutputEntries().iterator().next().getText());
            if (!ANSWER.matcher(answer).matches()) {
                findings.add(new Finding(
                        id, "第 " + (row + 1) + " 行的 " + answer + " 不能当答案。请填 \"CALL\" 这样带引号的文字，只用字母、数字、下划线和连字符。"));
            }
        }
        boolean rest = !rules.isEmpty()
                && rules.get(rules.size() - 1).getInputEntries().stream()
                        .map(entry -> text(entry.getText()))
                        .allMatch(asked -> asked.isEmpty() || asked.equals("-"));
        if (!rest) {
            findings.add(new Finding(id, "的最后一行应当适用于其余所有情况。请加一行，输入全部留空。"));
        }
    }

    /** Of what type a table finds what it asks for by this name; empty if there is nothing of that name. */
    private Optional<String> type(String name, BusinessRuleTask task, Models models) {
        String given = inputs(task).get(name);
        if (given == null) {
            return beans.written().contains(name) || models.ownAnswers().contains(name)
                    ? Optional.of(beans.flags().contains(name) ? "boolean" : "string")
                    : Optional.empty();
        }
        String source = EXPRESSION.matcher(given).replaceFirst("$1");
        if (source.contains(".")) {
            return beans.fact(source)
                    .map(type -> type == long.class ? "long" : type == boolean.class ? "boolean" : "string");
        }
        return Optional.of(beans.flags().contains(source) ? "boolean" : "string");
    }

    private static String text(Text text) {
        return text == null ? "" : text.getTextContent().strip();
    }
}
