package org.accountsecurity.policy;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.accountsecurity.contract.TableContract;
import org.accountsecurity.request.HolderRequests;
import org.camunda.bpm.engine.DecisionService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DecisionDefinition;
import org.camunda.bpm.engine.variable.Variables;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.util.ConcurrentLruCache;

/**
 * Evaluates decision tables. A request keeps the tables that were deployed together with its diagram, as it keeps its forms.
 * The newest version is used where those have no row, such as for a data set that was added since, or a row that the code no
 * longer accepts.
 */
@Component
public class DecisionTables {

    private static final int REMEMBERED = 1_000;

    private final DecisionService decisions;
    private final RepositoryService repository;
    private final HolderRequests requests;
    private final ObjectProvider<TableContract> contracts;
    private final Map<Place, String> known = new ConcurrentHashMap<>();
    /** A table of a deployment has constants only: its answers never change. */
    private final ConcurrentLruCache<Question, List<Map<String, Object>>> answers =
            new ConcurrentLruCache<>(REMEMBERED, this::evaluate);

    DecisionTables(
            DecisionService decisions,
            RepositoryService repository,
            HolderRequests requests,
            ObjectProvider<TableContract> contracts) {
        this.decisions = decisions;
        this.repository = repository;
        this.requests = requests;
        this.contracts = contracts;
    }

    /** A table deployed together with a version of a diagram; its version never changes. */
    private record Place(String processDefinitionId, String table) {}

    private record Question(String decisionDefinitionId, String input, String value) {}

    private List<Map<String, Object>> evaluate(Question question) {
        return decisions
                .evaluateDecisionTableById(
                        question.decisionDefinitionId(), Variables.putValue(question.input(), question.value()))
                .getResultList()
                .stream()
                .map(Collections::unmodifiableMap)
                .toList();
    }

    /**
     * The row for a request.
     *
     * @throws IllegalStateException if there is none, or more than one
     */
    public Map<String, Object> ask(String requestId, String table, String input, String value) {
        return find(requestId, table, input, value)
                .orElseThrow(() -> new IllegalStateException(table + " has 0 rows for " + value));
    }

    /**
     * The row that answers a request; empty if tables that were deployed long ago have none.
     *
     * @throws IllegalStateException if there is more than one
     */
    public Optional<Map<String, Object>> find(String requestId, String table, String input, String value) {
        return requests.processDefinitionOf(requestId)
                .flatMap(definition -> deployedWith(definition, table))
                .map(id -> answers.get(new Question(id, input, value)))
                .filter(rows -> rows.size() == 1 && accepts(table, value, rows.get(0)))
                .map(rows -> rows.get(0))
                .or(() -> findNewest(table, input, value));
    }

    /**
     * The row of the newest table, where no request is concerned.
     *
     * @throws IllegalStateException if there is none, or more than one, or one that the code does not accept, or no such
     *     table
     */
    public Map<String, Object> askNewest(String table, String input, String value) {
        return findNewest(table, input, value)
                .orElseThrow(() -> new IllegalStateException(table + " has 0 rows for " + value));
    }

    private Optional<Map<String, Object>> findNewest(String table, String input, String value) {
        String newest = Optional.ofNullable(repository
                        .createDecisionDefinitionQuery()
                        .decisionDefinitionKey(table)
                        .latestVersion()
                        .singleResult())
                .map(DecisionDefinition::getId)
                .orElseThrow(() -> new IllegalStateException(table + " is not deployed"));
        List<Map<String, Object>> rows = answers.get(new Question(newest, input, value));
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        if (rows.size() > 1) {
            throw new IllegalStateException(table + " has " + rows.size() + " rows for " + value);
        }
        if (!accepts(table, value, rows.get(0))) {
            throw new IllegalStateException(table + " has a row for " + value + " that the code does not accept");
        }
        return Optional.of(rows.get(0));
    }

    /** An old deployment was checked by the rules of an older version. */
    private boolean accepts(String table, String value, Map<String, Object> row) {
        try {
            return contracts.stream()
                    .filter(contract -> contract.table().equals(table))
                    .noneMatch(contract -> contract.objection(value, row).isPresent());
        } catch (RuntimeException e) {
            return false;
        }
    }

    private Optional<String> deployedWith(String processDefinitionId, String table) {
        Place place = new Place(processDefinitionId, table);
        if (!known.containsKey(place)) {
            Optional.ofNullable(repository
                            .createDecisionDefinitionQuery()
                            .deploymentId(repository
                                    .getProcessDefinition(processDefinitionId)
                                    .getDeploymentId())
                            .decisionDefinitionKey(table)
                            .singleResult())
                    .map(DecisionDefinition::getId)
                    .ifPresent(id -> known.put(place, id));
        }
        return Optional.ofNullable(known.get(place));
    }
}
