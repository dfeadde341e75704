package org.accountsecurity.engine.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.accountsecurity.contract.TableContract;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnDecisionTableResult;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.DmnEngineConfiguration;
import org.camunda.bpm.engine.variable.Variables;
import org.springframework.stereotype.Component;

/**
 * A decision table answers whatever the code asks, and no answer weakens a hard limit; one of the owner's own is asked by a
 * task. A request keeps the tables that came with its diagram, so they come together.
 */
@Component
class TableCheck implements Check {

    private static final String TOGETHER = "每个申请使用与流程图一起部署的决策表，请把全部流程图、决策表和表单一起部署。";

    private final List<TableContract> contracts;
    private final DmnEngine engine =
            DmnEngineConfiguration.createDefaultDmnEngineConfiguration().buildEngine();

    TableCheck(List<TableContract> contracts) {
        this.contracts = contracts;
    }

    @Override
    public Stream<Finding> findings(Models models) {
        List<Finding> findings = new ArrayList<>();
        for (TableContract contract : contracts) {
            boolean asked = models.processes.containsKey(contract.process());
            boolean called = models.tags("callActivity")
                    .anyMatch(call -> contract.process().equals(call.get("calledElement")));
            if (asked && !models.tables.containsKey(contract.table())) {
                findings.add(new Finding(contract.table(), "本次部署缺少这张决策表。" + TOGETHER));
            } else if (!asked && !called && models.tables.containsKey(contract.table())) {
                findings.add(new Finding(contract.table(), "没有与流程图 " + contract.process() + " 一起部署，不会生效。" + TOGETHER));
            }
        }
        models.tags("dmn:decision").forEach(decision -> check(decision, models, findings));
        return findings.stream();
    }

    private void check(Tag decision, Models models, List<Finding> findings) {
        String id = decision.id();
        Optional<TableContract> contract =
                contracts.stream().filter(known -> known.table().equals(id)).findFirst();
        int before = findings.size();
        if (!Literals.isHistoryPeriod(decision.get("camunda:historyTimeToLive"))) {
            findings.add(decision.finding(Literals.NO_HISTORY_PERIOD));
        }
        if (decision.children("dmn:decisionTable").size() != 1) {
            findings.add(decision.finding("里没有决策表。请只用决策表。"));
            return;
        }
        Tag table = decision.children("dmn:decisionTable").get(0);
        written(decision, table, contract, findings);
        if (contract.isEmpty()
                && models.tags("businessRuleTask").noneMatch(task -> id.equals(task.get("camunda:decisionRef")))) {
            findings.add(decision.finding("没有程序或任务使用这张决策表。请改回原来的 id，或在业务规则任务里引用它。"));
        }
        if (contract.isPresent() && findings.size() == before) {
            DmnDecision parsed = engine.parseDecision(id, models.tables.get(id));
            contract.get()
                    .asked()
                    .forEach(asked -> answer(contract.get(), parsed, asked)
                            .ifPresent(objection -> findings.add(decision.finding("的 " + asked + "：" + objection))));
        }
    }

    /** What makes an answer depend on more than the one input: the time, another variable, the order of the rows. */
    private static void written(Tag decision, Tag table, Optional<TableContract> contract, List<Finding> findings) {
        String policy = contract.filter(TableContract::hasRowForTheRest).isPresent() ? "FIRST" : "UNIQUE";
        if (contract.isPresent() && !policy.equals(table.has("hitPolicy") ? table.get("hitPolicy") : "UNIQUE")) {
            findings.add(decision.finding("的命中策略应当是 " + policy + "。请改回来。"));
        }
        List<String> inputs = table.children("dmn:input").stream()
                .map(input -> String.join("", texts(input, "dmn:inputExpression")))
                .toList();
        if (contract.isPresent()
                ? !inputs.equals(List.of(contract.get().input()))
                : !inputs.stream().allMatch(input -> input.matches("\\w+"))) {
            findings.add(decision.finding("的输入列 " + inputs + " 不对。系统的决策表请照原表；自己的只填变量的名称。"));
        }
        int number = 0;
        for (Tag rule : table.children("dmn:rule")) {
            number++;
            String row = "第 " + number + " 行的 ";
            Stream.concat(
                            texts(rule, "dmn:inputEntry").stream()
                                    .filter(text -> !Literals.isInput(text, contract.isEmpty())),
                            texts(rule, "dmn:outputEntry").stream().filter(text -> !Literals.isConstant(text)))
                    .forEach(text ->
                            findings.add(decision.finding(row + text + " 不是常量。请填数字、true、false 或带引号的文字，条件也可以留空。")));
        }
    }

    private static List<String> texts(Tag parent, String name) {
        return parent.children(name).stream()
                .flatMap(cell -> cell.children("dmn:text").stream())
                .map(Tag::text)
                .toList();
    }

    private Optional<String> answer(TableContract contract, DmnDecision decision, String asked) {
        try {
            DmnDecisionTableResult rows =
                    engine.evaluateDecisionTable(decision, Variables.putValue(contract.input(), asked));
            return rows.size() == 1
                    ? contract.objection(
                            asked, new TreeMap<>(rows.getSingleResult().getEntryMap()))
                    : Optional.of("应当正好有一行，现在有 " + rows.size() + " 行。请补上或删去。");
        } catch (RuntimeException e) {
            return Optional.of("算不出结果，或某一列的类型不对。请对照原表检查这一行的列名、类型和值。");
        }
    }
}
