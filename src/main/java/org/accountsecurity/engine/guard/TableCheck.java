package org.accountsecurity.engine.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.accountsecurity.contract.TableContract;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnDecisionTableResult;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.DmnEngineConfiguration;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.camunda.bpm.model.dmn.HitPolicy;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.camunda.bpm.model.dmn.instance.Text;
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
            boolean asked = models.processes().containsKey(contract.process());
            boolean called = models.tags("callActivity")
                    .anyMatch(call -> contract.process().equals(call.get("calledElement")));
            if (asked && !models.tables().containsKey(contract.table())) {
                findings.add(new Finding(contract.table(), "本次部署缺少这张决策表。" + TOGETHER));
            } else if (!asked && !called && models.tables().containsKey(contract.table())) {
                findings.add(new Finding(contract.table(), "没有与流程图 " + contract.process() + " 一起部署，不会生效。" + TOGETHER));
            }
        }
        models.tables().forEach((id, model) -> check(model.getModelElementById(id), models, findings));
        return findings.stream();
    }

    private void check(Decision decision, Models models, List<Finding> findings) {
        String id = decision.getId();
        Optional<TableContract> contract =
                contracts.stream().filter(known -> known.table().equals(id)).findFirst();
        if (!Literals.isHistoryPeriod(decision.getCamundaHistoryTimeToLiveString())) {
            findings.add(new Finding(id, Literals.NO_HISTORY_PERIOD));
        }
        if (!(decision.getExpression() instanceof DecisionTable table)) {
            findings.add(new Finding(id, "里没有决策表。请只用决策表。"));
        } else if (contract.isPresent()) {
            int before = findings.size();
            written(id, table, contract.get(), findings);
            if (findings.size() == before) {
                ask(contract.get(), engine.parseDecision(id, (DmnModelInstance) decision.getModelInstance()), findings);
            }
        } else if (models.tags("businessRuleTask").noneMatch(task -> id.equals(task.get("camunda:decisionRef")))) {
            findings.add(new Finding(id, "没有程序或任务使用这张决策表。请改回原来的 id，或在业务规则任务里引用它。"));
        } else {
            inputs(table).stream()
                    .filter(input -> !input.matches("\\w+"))
                    .forEach(input -> findings.add(new Finding(id, "的输入列 " + input + " 不是一个变量。请只填变量的名称。")));
            constants(id, table, Literals::isTest, findings);
        }
    }

    private static List<String> inputs(DecisionTable table) {
        return table.getInputs().stream()
                .map(input -> input.getInputExpression() == null
                        ? ""
                        : text(input.getInputExpression().getText()))
                .toList();
    }

    /** What makes an answer depend on more than the one input: the time, another variable, the order of the rows. */
    private static void written(String id, DecisionTable table, TableContract contract, List<Finding> findings) {
        HitPolicy policy = contract.hasRowForTheRest() ? HitPolicy.FIRST : HitPolicy.UNIQUE;
        if (table.getHitPolicy() != policy) {
            findings.add(new Finding(id, "的命中策略应当是 " + policy + "。请改回来。"));
        }
        if (!inputs(table).equals(List.of(contract.input()))) {
            findings.add(new Finding(id, "的输入列应当只有 " + contract.input() + "。请改回来。"));
        }
        constants(id, table, Literals::areConstants, findings);
    }

    private static void constants(String id, DecisionTable table, Predicate<String> input, List<Finding> findings) {
        int number = 0;
        for (Rule rule : table.getRules()) {
            number++;
            Stream<String> wrong = Stream.concat(
                    rule.getInputEntries().stream()
                            .map(entry -> text(entry.getText()))
                            .filter(input.negate()),
                    rule.getOutputEntries().stream()
                            .map(entry -> text(entry.getText()))
                            .filter(text -> !Literals.isConstant(text)));
            String row = "第 " + number + " 行的 ";
            wrong.forEach(text -> findings.add(new Finding(id, row + text + " 不是常量。请填数字、true、false 或带引号的文字，条件也可以留空。")));
        }
    }

    private static String text(Text text) {
        return text == null ? "" : text.getTextContent().strip();
    }

    private void ask(TableContract contract, DmnDecision decision, List<Finding> findings) {
        for (String asked : contract.asked()) {
            answer(contract, decision, asked)
                    .ifPresent(
                            objection -> findings.add(new Finding(contract.table(), "的 " + asked + "：" + objection)));
        }
    }

    private Optional<String> answer(TableContract contract, DmnDecision decision, String asked) {
        try {
            DmnDecisionTableResult rows =
                    engine.evaluateDecisionTable(decision, Variables.putValue(contract.input(), asked));
            if (rows.size() != 1) {
                return Optional.of("应当正好有一行，现在有 " + rows.size() + " 行。请补上或删去。");
            }
            Map<String, Object> row = new TreeMap<>(rows.getSingleResult().getEntryMap());
            return contract.objection(asked, row);
        } catch (RuntimeException e) {
            return Optional.of("算不出结果，或某一列的类型不对。请对照原表检查这一行的列名、类型和值。");
        }
    }
}
