package org.accountsecurity.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.SubProcess;

/** A page for each diagram that shows which tests pass what, and one that lists what none does. */
public final class CoverageReport {

    private static final String VIEWER =
            "META-INF/resources/webjars/bpmn-js/8.0.0/dist/bpmn-navigated-viewer.production.min.js";

    private record Element(String id, String name, List<String> tests) {}

    private record Diagram(String key, String name, String xml, List<Element> elements) {}

    private CoverageReport() {}

    /** Draws the diagrams of the one folder in the other. */
    public static void write(Path diagrams, Set<FlowCoverage.Pass> passes, Path target) throws IOException {
        Files.createDirectories(target);
        List<Diagram> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(diagrams)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".bpmn"))
                    .sorted()
                    .toList()) {
                all.add(diagram(file, passes));
            }
        }
        try (InputStream viewer = resource(VIEWER)) {
            Files.copy(viewer, target.resolve("bpmn-viewer.js"), StandardCopyOption.REPLACE_EXISTING);
        }
        for (Diagram diagram : all) {
            Files.writeString(target.resolve(diagram.key() + ".html"), page("diagram.html", diagram));
        }
        List<Diagram> withoutXml = all.stream()
                .map(diagram -> new Diagram(diagram.key(), diagram.name(), "", diagram.elements()))
                .toList();
        Files.writeString(target.resolve("index.html"), page("index.html", withoutXml));
    }

    private static Diagram diagram(Path file, Set<FlowCoverage.Pass> passes) throws IOException {
        BpmnModelInstance model = Bpmn.readModelFromFile(file.toFile());
        Process process = model.getModelElementsByType(Process.class).iterator().next();
        List<Element> elements = model.getModelElementsByType(FlowElement.class).stream()
                .filter(element -> element instanceof SequenceFlow || element instanceof FlowNode)
                .map(element -> element(element, process.getId(), passes))
                .toList();
        return new Diagram(process.getId(), process.getName(), Files.readString(file), elements);
    }

    private static Element element(FlowElement element, String process, Set<FlowCoverage.Pass> passes) {
        Set<String> flows = flows(element);
        List<String> tests = passes.stream()
                .filter(pass -> pass.process().equals(process) && flows.contains(pass.flow()))
                .map(pass -> pass.test().testClass() + ": " + pass.test().sentence())
                .distinct()
                .sorted()
                .toList();
        return new Element(element.getId(), name(element), tests);
    }

    /** Whoever takes one of these passes the element. */
    private static Set<String> flows(FlowElement element) {
        Collection<SequenceFlow> flows;
        if (element instanceof SequenceFlow flow) {
            flows = List.of(flow);
        } else if (element instanceof SubProcess inner && inner.triggeredByEvent()) {
            flows = inner.getChildElementsByType(SequenceFlow.class);
        } else {
            flows = new ArrayList<>(((FlowNode) element).getIncoming());
            flows.addAll(((FlowNode) element).getOutgoing());
        }
        return flows.stream().map(SequenceFlow::getId).collect(Collectors.toSet());
    }

    private static String name(FlowElement element) {
        if (element instanceof SequenceFlow flow) {
            String answer = flow.getName() == null ? "" : " “" + flow.getName() + "”";
            return name(flow.getSource()) + answer + " → " + name(flow.getTarget());
        }
        return element.getName() == null ? element.getId() : element.getName();
    }

    private static String page(String template, Object data) throws IOException {
        String json = new ObjectMapper().writeValueAsString(data).replace("<", "\\u003c");
        try (InputStream page = resource("process-coverage/" + template)) {
            return new String(page.readAllBytes(), StandardCharsets.UTF_8).replace("{{data}}", json);
        }
    }

    private static InputStream resource(String name) {
        return CoverageReport.class.getClassLoader().getResourceAsStream(name);
    }
}
