package org.accountsecurity.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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

/**
 * Every node lies on a sequence flow, so that flows taken are nodes passed. A run of single tests is not judged; every
 * run on H2 leaves its {@link CoverageReport}.
 */
class CoversProcessExtension implements BeforeAllCallback, AfterTestExecutionCallback, AfterAllCallback {

    private final Set<String> run = ConcurrentHashMap.newKeySet();

    @Override
    public void beforeAll(ExtensionContext context) {
        if (!TestDatabase.isPostgres()) {
            context.getRoot()
                    .getStore(ExtensionContext.Namespace.GLOBAL)
                    .computeIfAbsent(ReportAtTheEnd.class, type -> new ReportAtTheEnd(), ReportAtTheEnd.class);
        }
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
                .map(SequenceFlow::getId)
                .collect(Collectors.toCollection(TreeSet::new));
        FlowCoverage.PASSES.stream()
                .filter(pass -> pass.process().equals(key))
                .filter(pass -> pass.test().testClass().equals(test.getSimpleName()))
                .map(FlowCoverage.Pass::flow)
                .forEach(flows::remove);
        assertThat(flows).as("sequence flows of " + key + " that no test takes").isEmpty();
    }

    /** The root's store closes when the last test is over, in each fork of a run. */
    private static class ReportAtTheEnd implements AutoCloseable {

        @Override
        public void close() throws Exception {
            Path report = Path.of("target/process-coverage");
            Path passes = Files.createDirectories(report.resolve("passes"));
            try (FileChannel lock =
                    FileChannel.open(passes.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                lock.lock();
                CoverageReport.write(Path.of("processes"), FlowCoverage.ofAllForks(passes), report);
            }
        }
    }
}
