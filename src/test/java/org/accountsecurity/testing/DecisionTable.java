package org.accountsecurity.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.DmnEngineConfiguration;
import org.camunda.bpm.engine.variable.Variables;

/** A decision table as it stands in {@code processes/}, asked without an engine around it. */
public final class DecisionTable {

    private static final DmnEngine ENGINE =
            DmnEngineConfiguration.createDefaultDmnEngineConfiguration().buildEngine();

    private final DmnDecision decision;

    public DecisionTable(String key) {
        try (InputStream table = Files.newInputStream(Path.of("processes", key + ".dmn"))) {
            this.decision = ENGINE.parseDecision(key, table);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The outputs of every rule that matches. */
    public List<Map<String, Object>> decide(String input, Object value) {
        return ENGINE.evaluateDecisionTable(decision, Variables.putValue(input, value))
                .getResultList();
    }
}
