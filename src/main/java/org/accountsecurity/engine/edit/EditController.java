package org.accountsecurity.engine.edit;

import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.accountsecurity.engine.rehearsal.RehearsalFinding;
import org.accountsecurity.text.Sentence;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Shows a process owner which saved files were deployed, and why others were refused. */
@Controller
@Profile("demo")
class EditController {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("MM-dd HH:mm:ss", Locale.ROOT);

    private final EditedModels models;
    private final EditWatch watch;
    private final Clock clock;

    EditController(EditedModels models, EditWatch watch, Clock clock) {
        this.models = models;
        this.watch = watch;
        this.clock = clock;
    }

    @GetMapping("/edit")
    String page(Model model) {
        EditedModels.State state = models.state();
        model.addAttribute("watching", watch.isRunning());
        model.addAttribute("deployedAt", time(state.deployedAt()));
        model.addAttribute("deployed", state.deployed());
        model.addAttribute("refusedAt", time(state.refusedAt()));
        model.addAttribute(
                "refusal",
                state.refusal().stream().findFirst().map(Sentence::toString).orElse(""));
        model.addAttribute("findings", state.refusal().stream().skip(1).toList());
        int steps = models.steps();
        model.addAttribute("rehearsing", steps >= 0);
        model.addAttribute("steps", steps);
        model.addAttribute("failed", shown(state.rehearsed(), true));
        model.addAttribute("warnings", shown(state.rehearsed(), false));
        return "edit";
    }

    /** A finding as the page shows it, with its picture. */
    private record Shown(String place, Sentence text, List<Sentence> steps, String picture) {}

    private static List<Shown> shown(EditedModels.Rehearsed rehearsed, boolean refuses) {
        return rehearsed.findings().stream()
                .filter(finding -> finding.refuses() == refuses)
                .map(finding -> new Shown(
                        finding.place(),
                        finding.text(),
                        finding.steps(),
                        finding.steps().isEmpty() ? "" : picture(finding, rehearsed.contents())))
                .toList();
    }

    private static String picture(RehearsalFinding finding, Map<String, String> contents) {
        Set<String> way = finding.way().stream()
                .filter(passed -> passed.process().equals(finding.process()))
                .map(RehearsalFinding.Passed::element)
                .collect(Collectors.toSet());
        return contents.entrySet().stream()
                .filter(file -> file.getKey().endsWith(".bpmn"))
                .filter(file -> Picture.process(file.getValue()).equals(finding.process()))
                .findFirst()
                .map(file -> Picture.of(file.getValue(), way, finding.element()))
                .orElse("");
    }

    private String time(Instant instant) {
        return instant == null ? null : TIME.format(instant.atZone(clock.getZone()));
    }
}
