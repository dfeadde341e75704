package org.accountsecurity.engine.guard;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.accountsecurity.contract.TableContract;
import org.camunda.bpm.dmn.engine.DmnDecisionTableResult;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.DmnEngineConfiguration;
import org.camunda.bpm.engine.variable.Variables;
import org.springframework.stereotype.Component;

/**
 * A decision table calculates nothing. One of the system's answers whatever the code asks, and no answer weakens a hard limit;
 * one of the owner's own has a row for the rest. A request keeps the tables that came with its diagram, so they come together.
 */
@Component
class TableCheck implements Check {

    private static final String TEXT = "\"[^\"\\\\]*\"";
    private static final Pattern NAME = Pattern.compile("\\w+");
    private static final Pattern CONSTANT = Pattern.compile(TEXT + "|-?\\d{1,9}|true|false|");
    /** A range, a list, or several of them, of texts and numbers. */
    private static final Pattern TEST = Pattern.compile("(" + TEXT + "|not\\(|true|false|[\\d\\s.,<>=()\\[\\]-])*");

    private static final Pattern ANY = Pattern.compile("-?");
    private static final Pattern FACT = Pattern.compile("\\$\\{(\\w+)\\.(\\w+)}");
    private static final Map<String, Class<?>> FACTS = Map.of(
            "string", String.class,
            "boolean", Boolean.class,
            "long", Number.class,
            "integer", Number.class,
            "double", Number.class,
            "number", Number.class);

    private final List<TableContract> contracts;
    private final DmnEngine engine =
            DmnEngineConfiguration.createDefaultDmnEngineConfiguration().buildEngine();

    private final Beans beans;

    TableCheck(List<TableContract> contracts, Beans beans) {
        this.contracts = contracts;
        this.beans = beans;
    }

    @Override
    public Stream<Finding> findings(Models models) {
        List<Finding> findings = new ArrayList<>();
        contracts.stream()
                .filter(contract ->
                        models.processes.containsKey(contract.process()) != models.tables.containsKey(contract.table()))
                .forEach(contract -> findings.add(new Finding(
                        contract.table(),
                        "这张决策表和流程图 " + contract.process() + " 缺了一个，每个申请使用与流程图一起部署的决策表。请把全部流程图、决策表和表单一起部署。")));
        for (Tag decision : models.tags("dmn:decision").toList()) {
            List<Tag> tables = decision.children("dmn:decisionTable");
            List<String> wrong = new ArrayList<>();
            tables.forEach(table -> written(table, wrong));
            Optional<TableContract> contract = contracts.stream()
                    .filter(known -> known.table().equals(decision.id()))
                    .findFirst();
            if (contract.isEmpty()) {
                tables.stream()
                        .filter(table -> !hasRowForTheRest(table))
                        .forEach(table -> wrong.add("不一定有答案，或不止一个。请取第一条匹配的行（命中策略 First），最后加一行，输入全部留空。"));
                models.tags("businessRuleTask")
                        .filter(task -> task.get("camunda:decisionRef").equals(decision.id()))
                        .forEach(task -> tables.forEach(table -> inputs(table, task, models, wrong)));
            } else if (wrong.isEmpty()) {
                contract.get()
                        .asked()
                        .forEach(asked -> answer(contract.get(), models, asked)
                                .ifPresent(objection -> wrong.add("的 " + asked + "：" + objection)));
            }
            wrong.forEach(text -> findings.add(decision.finding(text)));
        }
        return findings.stream();
    }

    /** What makes an answer depend on more than the inputs: the time, another variable, another language. */
    private static void written(Tag table, List<String> wrong) {
        table.children("dmn:input").stream()
                .flatMap(input -> texts(input, "dmn:inputExpression"))
                .filter(input -> !NAME.matcher(input).matches())
                .forEach(input -> wrong.add("的输入列 " + input + " 不对。系统的决策表请照原表；自己的只填变量的名称。"));
        int number = 0;
        for (Tag rule : table.children("dmn:rule")) {
            String row = "第 " + ++number + " 行的 ";
            Stream.concat(
                            texts(rule, "dmn:inputEntry")
                                    .filter(text -> !TEST.matcher(text).matches()),
                            texts(rule, "dmn:outputEntry")
                                    .filter(text -> !CONSTANT.matcher(text).matches()))
                    .forEach(text -> wrong.add(row + text + " 不是常量。请填数字、true、false 或带引号的文字，条件也可以留空。"));
        }
    }

    private static boolean hasRowForTheRest(Tag table) {
        List<Tag> rules = table.children("dmn:rule");
        return table.get("hitPolicy").equals("FIRST")
                && !rules.isEmpty()
                && texts(rules.get(rules.size() - 1), "dmn:inputEntry")
                        .allMatch(text -> ANY.matcher(text).matches());
    }

    /** What is not known would be nothing, and what is of another type would never fit. */
    private void inputs(Tag table, Tag task, Models models, List<String> wrong) {
        Map<String, String> given = new HashMap<>();
        models.tags("businessRuleTask").forEach(asked -> given.put(asked.get("camunda:resultVariable"), ""));
        task.extensions("camunda:inputOutput").stream()
                .flatMap(io -> io.children("camunda:inputParameter").stream())
                .forEach(input -> given.put(input.get("name"), input.text()));
        for (Tag input : table.children("dmn:input")) {
            String name = texts(input, "dmn:inputExpression").collect(Collectors.joining());
            Class<?> type = FACTS.get(input.children("dmn:inputExpression").stream()
                    .map(expression -> expression.get("typeRef"))
                    .collect(Collectors.joining()));
            Matcher fact = FACT.matcher(given.getOrDefault(name, ""));
            if (!given.containsKey(name) && !beans.isTaken(name)) {
                wrong.add("的输入 " + name + " 不是任务“" + task.get("name")
                        + "”知道的内容。请在任务上加同名的输入参数，例如 ${accountFacts.daysOpen}，或改成之前的任务给出的变量。");
            } else if (type == null || fact.matches() && !beans.isUsable(fact.group(1), fact.group(2), false, type)) {
                wrong.add("的输入 " + name + " 的类型不对，比较不出结果。数字填 long，是或否填 boolean，其余填 string。");
            }
        }
    }

    private static Stream<String> texts(Tag parent, String name) {
        return parent.children(name).stream()
                .flatMap(cell -> cell.children("dmn:text").stream())
                .map(Tag::text);
    }

    private Optional<String> answer(TableContract contract, Models models, String asked) {
        try {
            DmnDecisionTableResult rows = engine.evaluateDecisionTable(
                    contract.table(), models.tables.get(contract.table()), Variables.putValue(contract.input(), asked));
            return rows.size() == 1
                    ? contract.objection(
                            asked, new TreeMap<>(rows.getSingleResult().getEntryMap()))
                    : Optional.of("应当正好有一行，现在有 " + rows.size() + " 行。请补上或删去。");
        } catch (RuntimeException e) {
            return Optional.of("算不出结果，或某一列的类型不对。请对照原表检查这一行的列名、类型和值。");
        }
    }
}
