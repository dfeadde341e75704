package org.accountsecurity.testing;

import java.util.List;
import org.accountsecurity.engine.history.Paths;
import org.assertj.core.api.Assertions;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.test.assertions.bpmn.AbstractAssertions;
import org.camunda.bpm.engine.test.assertions.bpmn.ProcessInstanceAssert;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Camunda's assertions about an instance, which read its path from the trail. */
public final class PathAssert extends ProcessInstanceAssert {

    private final JdbcClient jdbc;

    private PathAssert(ProcessEngine engine, ProcessInstance actual) {
        super(engine, actual, PathAssert.class);
        this.jdbc = JdbcClient.create(engine.getProcessEngineConfiguration().getDataSource());
    }

    public static PathAssert assertThat(ProcessInstance actual) {
        return new PathAssert(AbstractAssertions.processEngine(), actual);
    }

    @Override
    public PathAssert isEnded() {
        isNotNull();
        Assertions.assertThat(getCurrent()).as("running instance").isNull();
        Assertions.assertThat(Paths.ended(jdbc, actual.getId()))
                .as("ended, says the trail")
                .isTrue();
        return this;
    }

    @Override
    public PathAssert hasPassed(String... activities) {
        Assertions.assertThat(passed()).contains(activities);
        return this;
    }

    @Override
    public PathAssert hasPassedInOrder(String... activities) {
        Assertions.assertThat(passed()).containsSubsequence(activities);
        return this;
    }

    @Override
    public PathAssert hasNotPassed(String... activities) {
        Assertions.assertThat(passed()).doesNotContain(activities);
        return this;
    }

    private List<String> passed() {
        isNotNull();
        return Paths.passed(jdbc, actual.getId());
    }
}
