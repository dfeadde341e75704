package org.accountsecurity.engine.guard;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.accountsecurity.contract.TableContract;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnDecisionTableResult;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.DmnEngineConfiguration;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.model.bpmn.instance.BusinessRuleTask;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.camunda.bpm.model.dmn.HitPolicy;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.camunda.bpm.model.dmn.instance.Text;
import org.springframework.stereotype.Component;

/**
 * A decision table answers whatever the code asks, and no answer weakens a hard limit. A request keeps the tables that came
 * with its diagram, so they come together.
 */
@Component
class TableCheck implements Check {

    private static final String TOGETHER = "每个申请使用与流程图一起部署的决策表，请把全部流程图、决策表和表单一起部署。";

    private final List<TableContract> contracts;
    private final OwnTableCheck ownTables;
    private final DmnEngine engine =
            DmnEngineConfiguration.createDefaultDmnEngineConfiguration().buildEngine();

    TableCheck(List<TableContract> contracts, OwnTableCheck ownTables) {
        this.contracts = contracts;
        this.ownTables = ownTables;
    }

    @Override
    public boolean comesFirst() {
        return true;
    }

    @Override
    public Stream<Finding> findings(Models models) {
        List<Finding> findings = new ArrayList<>();
        Set<String> found = new HashSet<>();
        models.tables().forEach((file, content) -> check(file, content, found, models, findings));
        missing(models, found).forEach(findings::add);
        if (findings.isEmpty()) {
            contracts.forEach(contract -> together(contract, found, models, findings));
        }
        return findings.stream();
    }

    private Stream<Finding> missing(Models models, Set<String> found) {
        return models.elements(BusinessRuleTask.class).stream()
                .filter(task -> task.getCamundaDecisionRef() != null)
                .filter(task -> !found.contains(task.getCamundaDecisionRef())
                        || contracts.stream()
                                .anyMatch(contract -> contract.table().equals(task.getCamundaDecisionRef())))
                .map(task -> Finding.of(
                        task, "的决策表 " + task.getCamundaDecisionRef() + " 不在这次部署里，或者是系统自己查询的表。请填自己的决策表的 id，并一起部署。"));
    }

    private static void together(TableContract contract, Set<String> found, Models models, List<Finding> findings) {
        boolean asked = models.process(contract.process()).isPresent();
        boolean there = found.contains(contract.table());
        if (asked && !there) {
            findings.add(new Finding(contract.table(), "本次部署缺少这张决策表。" + TOGETHER));
        }
        boolean called = models.elements(CallActivity.class).stream()
                .anyMatch(call -> contract.process().equals(call.getCalledElement()));
        if (there && !asked && !called) {
            findings.add(new Finding(contract.table(), "没有与流程图 " + contract.process() + " 一起部署，不会生效。" + TOGETHER));
        }
    }

    private void check(String file, byte[] content, Set<String> found, Models models, List<Finding> findings) {
        try {
            DmnModelInstance model = Dmn.readModelFromStream(new ByteArrayInputStream(content));
            boolean scripted = new String(content, StandardCharsets.UTF_8).contains("anguage=");
            boolean tables = model.getModelElementsByType(Decision.class).stream()
                    .allMatch(decision -> decision.getExpression() instanceof DecisionTable);
            if (scripted || !tables) {
                findings.add(new Finding(file, "里有决策表以外的内容，或其他语言的表达式。请只用决策表，只填写常量。"));
                return;
            }
            for (Decision decision : model.getModelElementsByType(Decision.class)) {
                if (!found.add(decision.getId())) {
                    findings.add(new Finding(decision.getId(), "在两个文件里都有。请删去其中一个。"));
                }
                if (!Literals.isHistoryPeriod(decision.getCamundaHistoryTimeToLiveString())) {
                    findings.add(new Finding(decision.getId(), Literals.NO_HISTORY_PERIOD));
                }
                read(decision, model, models, findings);
            }
        } catch (RuntimeException e) {
            findings.add(new Finding(file, "无法读取：文件不完整或格式不对。请用 Camunda Modeler 打开检查后重新保存。"));
        }
    }

    private void read(Decision decision, DmnModelInstance model, Models models, List<Finding> findings) {
        String table = decision.getId();
        List<BusinessRuleTask> asking = models.elements(BusinessRuleTask.class).stream()
                .filter(task -> table.equals(task.getCamundaDecisionRef()))
                .toList();
        Optional<TableContract> contract =
                contracts.stream().filter(known -> known.table().equals(table)).findFirst();
        if (contract.isEmpty()) {
            if (asking.isEmpty()) {
                findings.add(new Finding(table, "没有程序使用这张决策表。请改回原来的 id，或者让一个业务规则任务查询它。"));
            }
            asking.forEach(task ->
                    findings.addAll(ownTables.findings(table, (DecisionTable) decision.getExpression(), task, models)));
            return;
        }
        List<Finding> written = written(table, (DecisionTable) decision.getExpression(), contract.get());
        findings.addAll(written);
        if (written.isEmpty()) {
            ask(contract.get(), engine.parseDecision(table, model), findings);
        }
    }

    /** What makes an answer depend on more than the one input: the time, another variable, the order of the rows. */
    private static List<Finding> written(String id, DecisionTable table, TableContract contract) {
        List<Finding> findings = new ArrayList<>();
        HitPolicy policy = contract.hasRowForTheRest() ? HitPolicy.FIRST : HitPolicy.UNIQUE;
        if (table.getHitPolicy() != policy) {
            findings.add(new Finding(id, "的命中策略应当是 " + policy + "。请改回来。"));
        }
        List<String> inputs = table.getInputs().stream()
                .map(input -> text(input.getInputExpression().getText()))
                .toList();
        if (!inputs.equals(List.of(contract.input()))) {
            findings.add(new Finding(id, "的输入列应当只有 " + contract.input() + "。请改回来。"));
        }
        int number = 0;
        for (Rule rule : table.getRules()) {
            number++;
            String row = "第 " + number + " 行的 ";
            rule.getInputEntries().stream()
                    .map(entry -> text(entry.getText()))
                    .filter(text -> !Literals.areConstants(text))
                    .forEach(text -> findings.add(new Finding(id, row + text + " 不是常量。请填带引号的文字，或留空。")));
            rule.getOutputEntries().stream()
                    .map(entry -> text(entry.getText()))
                    .filter(text -> !Literals.isConstant(text))
                    .forEach(text -> findings.add(new Finding(id, row + text + " 不是常量。请填数字、true、false 或带引号的文字。")));
        }
        return findings;
    }

    private static String text(Text text) {
        return text == null ? "" : text.getTextContent().strip();
    }

    private void ask(TableContract contract, DmnDecision decision, List<Finding> findings) {
        for (String asked : contract.asked()) {
            answer(contract, decision, asked)
                    .map(objection -> new Finding(contract.table(), "的 " + asked + "：" + objection))
                    .ifPresent(findings::add);
        }
    }

    private Optional<String> answer(TableContract contract, DmnDecision decision, String asked) {
        try {
            DmnDecisionTableResult rows =
                    engine.evaluateDecisionTable(decision, Variables.putValue(contract.input(), asked));
            if (rows.size() != 1) {
                return Optional.of("应当正好有一行，现在有 " + rows.size() + " 行。请补上或删去。");
            }
            Map<String, Object> row = new TreeMap<>();
            row.putAll(rows.getSingleResult().getEntryMap());
            return contract.objection(asked, row);
        } catch (RuntimeException e) {
            return Optional.of("算不出结果，或某一列的类型不对。请对照原表检查这一行的列名、类型和值。");
        }
    }
}
