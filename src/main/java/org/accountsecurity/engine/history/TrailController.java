package org.accountsecurity.engine.history;

import java.time.Clock;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.accountsecurity.text.ModelTexts;
import org.accountsecurity.text.TypedText;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Shows staff the steps that a request has passed. */
@Controller
class TrailController {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private final Trails trails;
    private final RepositoryService repository;
    private final Clock clock;

    TrailController(Trails trails, RepositoryService repository, Clock clock) {
        this.trails = trails;
        this.repository = repository;
        this.clock = clock;
    }

    /** A step as it is shown. */
    record Line(String time, String process, String step, boolean cancelled) {}

    @GetMapping("/trail")
    String page(@RequestParam(defaultValue = "") String request, Model model) {
        String id = TypedText.plain(request);
        List<Line> lines = lines(id);
        model.addAttribute("request", id);
        model.addAttribute("lines", lines);
        model.addAttribute("found", !lines.isEmpty());
        model.addAttribute("missing", lines.isEmpty() && !id.isEmpty());
        return "trail";
    }

    private List<Line> lines(String request) {
        Map<String, Optional<Diagram>> diagrams = new HashMap<>();
        return trails.of(request).stream()
                .flatMap(trail -> trail.passages().stream()
                        .flatMap(passage ->
                                diagrams
                                        .computeIfAbsent(
                                                passage.process() + ":" + passage.version(), id -> diagram(passage))
                                        .stream()
                                        .flatMap(diagram -> passage.steps().stream()
                                                .flatMap(step -> line(
                                                        TIME.format(
                                                                trail.passedAt().atZone(clock.getZone())),
                                                        diagram,
                                                        step)))))
                .toList();
    }

    /** Elements without a name are left out. */
    private static Stream<Line> line(String time, Diagram diagram, Trail.Step step) {
        return Stream.of(step.activity())
                .map(diagram.model()::<FlowElement>getModelElementById)
                .filter(Objects::nonNull)
                .filter(element -> element.getName() != null)
                .map(element -> new Line(
                        time,
                        diagram.name(),
                        ModelTexts.element(diagram.process(), element.getId(), element.getName()),
                        step.cancelled()));
    }

    private record Diagram(String process, String name, BpmnModelInstance model) {}

    /** The deployed version that the instance ran; empty if it was deleted. */
    private Optional<Diagram> diagram(Trail.Passage passage) {
        ProcessDefinition definition = repository
                .createProcessDefinitionQuery()
                .processDefinitionKey(passage.process())
                .processDefinitionVersion(passage.version())
                .singleResult();
        return Optional.ofNullable(definition)
                .map(found -> new Diagram(
                        found.getKey(),
                        ModelTexts.process(found.getKey(), found.getName()),
                        repository.getBpmnModelInstance(found.getId())));
    }
}
