package org.accountsecurity.decision;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.accountsecurity.request.HolderRequests;
import org.camunda.bpm.engine.DecisionService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DecisionDefinition;
import org.camunda.bpm.engine.variable.Variables;
import org.springframework.stereotype.Component;

/**
 * Asks decision tables. A request keeps the tables that were deployed together with its diagram, as it keeps its forms;
 * what these say nothing of, say of a data set that the shop has added since, stands in the newest.
 */
@Component
public class DecisionTables {

    private final DecisionService decisions;
    private final RepositoryService repository;
    private final HolderRequests requests;
    private final Map<Place, Optional<String>> known = new ConcurrentHashMap<>();

    DecisionTables(DecisionService decisions, RepositoryService repository, HolderRequests requests) {
        this.decisions = decisions;
        this.repository = repository;
        this.requests = requests;
    }

    /** A table of a deployment; what it holds never changes. */
    private record Place(String deploymentId, String table) {}

    /** The rows that answer a request. */
    public List<Map<String, Object>> ask(String requestId, String table, String input, String value) {
        List<Map<String, Object>> rows = requests.processDefinitionOf(requestId)
                .flatMap(definition -> besides(definition, table))
                .map(id -> decisions
                        .evaluateDecisionTableById(id, Variables.putValue(input, value))
                        .getResultList())
                .orElse(List.of());
        return rows.isEmpty() ? askNewest(table, input, value) : rows;
    }

    /**
     * The one row that answers a request.
     *
     * @throws IllegalStateException if there is none, or more than one
     */
    public Map<String, Object> askForOne(String requestId, String table, String input, String value) {
        List<Map<String, Object>> rows = ask(requestId, table, input, value);
        if (rows.size() != 1) {
            throw new IllegalStateException(table + " has " + rows.size() + " rows for " + value);
        }
        return rows.get(0);
    }

    /** The rows of the newest table: for what is no request's. */
    public List<Map<String, Object>> askNewest(String table, String input, String value) {
        return decisions
                .evaluateDecisionTableByKey(table, Variables.putValue(input, value))
                .getResultList();
    }

    private Optional<String> besides(String processDefinitionId, String table) {
        String deployment = repository.getProcessDefinition(processDefinitionId).getDeploymentId();
        return known.computeIfAbsent(
                new Place(deployment, table),
                place -> Optional.ofNullable(repository
                                .createDecisionDefinitionQuery()
                                .deploymentId(deployment)
                                .decisionDefinitionKey(table)
                                .singleResult())
                        .map(DecisionDefinition::getId));
    }
}
