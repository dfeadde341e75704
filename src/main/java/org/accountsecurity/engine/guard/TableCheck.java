package org.accountsecurity.engine.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
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

    private final List<TableContract> contracts;
    private final DmnEngine engine =
            DmnEngineConfiguration.createDefaultDmnEngineConfiguration().buildEngine();

    TableCheck(List<TableContract> contracts) {
        this.contracts = contracts;
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
