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
import org.accountsecurity.text.Sentence;
import org.camunda.bpm.dmn.engine.DmnDecisionTableResult;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.DmnEngineConfiguration;
import org.camunda.bpm.engine.variable.Variables;
import org.springframework.stereotype.Component;

/**
 * Checks decision tables. They contain constants only. Tables of the system answer everything the code asks and keep
 * hard limits; own tables have a last row for all other cases. Tables and diagram are deployed together, as a request
 * keeps the tables of its deployment.
 */
@Component
class TableCheck implements Check {

    private static final String TEXT = "\"[^\"\\\\]*\"";
    private static final Pattern NAME = Pattern.compile("\\w+");
    private static final Pattern CONSTANT = Pattern.compile(TEXT + "|-?\\d{1,9}|true|false|");
    /** A range, a list, or several of them, with texts and numbers. */
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
                        contract.table(), Sentence.of("guard.table-and-process", "process", contract.process()))));
        for (Tag decision : models.tags("dmn:decision").toList()) {
            List<Tag> tables = decision.children("dmn:decisionTable");
            List<Sentence> wrong = new ArrayList<>();
            tables.forEach(table -> checkCells(table, wrong));
            Optional<TableContract> contract = contracts.stream()
                    .filter(known -> known.table().equals(decision.id()))
                    .findFirst();
            if (contract.isEmpty()) {
                tables.stream()
                        .filter(table -> !hasRowForTheRest(table))
                        .forEach(table -> wrong.add(Sentence.of("guard.table-without-rest")));
                models.tags("businessRuleTask")
                        .filter(task -> task.get("camunda:decisionRef").equals(decision.id()))
                        .forEach(task -> tables.forEach(table -> inputs(table, task, models, wrong)));
            } else if (wrong.isEmpty()) {
                contract.get()
                        .asked()
                        .forEach(asked -> answer(contract.get(), models, asked)
                                .ifPresent(objection -> wrong.add(
                                        Sentence.of("guard.table-row", "row", asked, "objection", objection))));
            }
            wrong.forEach(text -> findings.add(decision.finding(text)));
        }
        return findings.stream();
    }

    /** Finds cells that depend on more than the inputs, such as the time or another variable. */
    private static void checkCells(Tag table, List<Sentence> wrong) {
        table.children("dmn:input").stream()
                .flatMap(input -> texts(input, "dmn:inputExpression"))
                .filter(input -> !NAME.matcher(input).matches())
                .forEach(input -> wrong.add(Sentence.of("guard.table-input-column", "input", input)));
        int number = 0;
        for (Tag rule : table.children("dmn:rule")) {
            int row = ++number;
            Stream.concat(
                            texts(rule, "dmn:inputEntry")
                                    .filter(text -> !TEST.matcher(text).matches()),
                            texts(rule, "dmn:outputEntry")
                                    .filter(text -> !CONSTANT.matcher(text).matches()))
                    .forEach(text -> wrong.add(Sentence.of("guard.table-cell", "row", row, "cell", text)));
        }
    }

    private static boolean hasRowForTheRest(Tag table) {
        List<Tag> rules = table.children("dmn:rule");
        return table.get("hitPolicy").equals("FIRST")
                && !rules.isEmpty()
                && texts(rules.get(rules.size() - 1), "dmn:inputEntry")
                        .allMatch(text -> ANY.matcher(text).matches());
    }

    /** Finds inputs that the task does not provide, or whose type does not fit. */
    private void inputs(Tag table, Tag task, Models models, List<Sentence> wrong) {
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
                wrong.add(Sentence.of("guard.table-input-unknown", "input", name, "task", task.get("name")));
            } else if (type == null || fact.matches() && !beans.isUsable(fact.group(1), fact.group(2), false, type)) {
                wrong.add(Sentence.of("guard.table-input-type", "input", name));
            }
        }
    }

    private static Stream<String> texts(Tag parent, String name) {
        return parent.children(name).stream()
                .flatMap(cell -> cell.children("dmn:text").stream())
                .map(Tag::text);
    }

    private Optional<Sentence> answer(TableContract contract, Models models, String asked) {
        try {
            DmnDecisionTableResult rows = engine.evaluateDecisionTable(
                    contract.table(), models.tables.get(contract.table()), Variables.putValue(contract.input(), asked));
            return rows.size() == 1
                    ? contract.objection(
                            asked, new TreeMap<>(rows.getSingleResult().getEntryMap()))
                    : Optional.of(Sentence.of("guard.table-rows", "rows", rows.size()));
        } catch (RuntimeException e) {
            return Optional.of(Sentence.of("guard.table-row-fails"));
        }
    }
}
