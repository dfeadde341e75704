package org.accountsecurity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

/** Every node lies on a sequence flow, so that flows taken are nodes passed. A run of single tests is not judged. */
class CoversProcessExtension implements BeforeAllCallback, AfterTestExecutionCallback, AfterAllCallback {

    private final Set<String> run = ConcurrentHashMap.newKeySet();

    @Override
    public void beforeAll(ExtensionContext context) {
        FlowCoverage.TAKEN.clear();
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        run.add(context.getRequiredTestMethod().getName());
    }

    @Override
    public void afterAll(ExtensionContext context) {
        Class<?> test = context.getRequiredTestClass();
        Set<String> all = Arrays.stream(test.getDeclaredMethods())
                .filter(method -> AnnotationSupport.isAnnotated(method, Testable.class))
                .map(java.lang.reflect.Method::getName)
                .collect(Collectors.toSet());
        if (!run.containsAll(all)) {
            return;
        }
        String key = test.getAnnotation(CoversProcess.class).value();
        Set<String> flows = Bpmn.readModelFromFile(new File("processes/" + key + ".bpmn"))
                .getModelElementsByType(SequenceFlow.class)
                .stream()
                .map(flow -> key + "#" + flow.getId())
                .collect(Collectors.toCollection(TreeSet::new));
        flows.removeAll(FlowCoverage.TAKEN);
        assertThat(flows).as("sequence flows of " + key + " that no test takes").isEmpty();
    }
}
